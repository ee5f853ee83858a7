"""What a visitor's voice is, a direction among sentence vectors: written by ``eval.voice``."""

from typing import Final

DIRECTION: Final = (  # bytes with a sign, in base64
    "Kf4XNLsKDOrNKvs19RZaBQUtMBKdIAw/CcHs7gjy7BgJ6yTZ5uLu7Zn8NCogMjPfvvcZ/vGoNj7d7QHOvBLj8cnHyjD9CAby"
    "RAm//hMYEVsD5t8ZIDP2Oibi9+P25yPEBgf1MxHd5tAh/SvWFMI1/vsuBxc7EsnJ8Qw55eUZ9ukqDw3l9efd/hol5GPu3cbc"
    "MMOB5EHr9bz//9vou0H37tnr+Qfy+fP5pe/76PYOBW0h9/Xx8QUQ3R4b0xD7S8TZ/urv7+611kUMEA4EH77O5hYP1vP98TP9"
    "zUgmM/sIVAAYIwAJAePTSzUJ8vUK4dQaSPywyQ8dJc3kH9kpNuAbw/b0JBgQDf64/iDytRwcCv0YP8UPEAT7JOARBiP4SPQJ"
    "9MYgxR4A/vaR+fLSDpro9dwAGifVxvob97f/6uwgzCnBI6wYz9wcPSFWxsjt8QVOCQT5FgDkIdP5Bg0n9RXo7A4eCgz+CCTW"
    "Dgf79Q8bFB0a6AL8PuzyDN8KqxIXAEnsBNboAi0tGx0u8Or89AME5ja/3fEmZiYmy0D1RhQy3R3sFtG+Oijq+hbx9kE/8R73"
    "4ALnuPe16wjv4vscNc0XW8saF0m68ezm+TTyRfMV/ijA2RIYDCXgMP73RBonNgQI5RH9JPK3JRzHUif2DhPmsfznGT3PB6od"
    "Cwkd/Q7wANo="
)
# A vector's voice is ZERO and SCALE times its product with the direction.
SCALE: Final = 0.010331
ZERO: Final = -0.2059
