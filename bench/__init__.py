"""What rcmail costs, beside a bare aiohttp application in the same run: ``make bench``."""
