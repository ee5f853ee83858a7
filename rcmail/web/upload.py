"""Taking an mbox file from a browser or a program: streamed into the state directory, and left to the worker."""

import asyncio
import os
import secrets
from collections.abc import AsyncIterator
from pathlib import Path
from typing import IO, Final

from aiohttp import BodyPartReader, web

from rcmail import keys
from rcmail.errors import InvalidSettings
from rcmail.mail import imports
from rcmail.validation import clean_mail_address
from rcmail.web.config import import_refused
from rcmail.web.forms import takes
from rcmail.web.negotiation import wants_html
from rcmail.web.query import parameters
from rcmail.web.run import as_dict

MAX_UPLOAD: Final = 200 * 1024 * 1024
_TOO_MUCH: Final = "An upload may have 200 MB. A larger file is read by the command: rcmail import FILE"
_PIECE: Final = 256 * 1024
# Seconds without anything coming.
_SILENCE: Final = 30.0


# The frame of a form around the file is some hundred bytes.
@takes(MAX_UPLOAD + 64 * 1024)
async def upload(request: web.Request) -> web.Response:
    """``POST /mail/import?address=``: an mbox file as the body, or a form with ``address`` and then ``file``.

    202 and the run; ``address`` is added to the group's addresses. 413 for more than 200 MB, 507 for a full disk.
    People get the form once more, with what is wrong.
    """
    address, pieces = await _sent(request, parameters(request, "address").get("address", ""))
    try:
        await _take(request, address, pieces)
    except (InvalidSettings, web.HTTPConflict, web.HTTPInsufficientStorage) as error:
        if not wants_html(request):
            raise
        return import_refused(request, address, error)
    if wants_html(request):
        return web.Response(status=303, headers={"Location": "/mail"})
    return web.json_response(as_dict(await request.app[keys.QUEUE].newest(imports.RUNS)), status=202)


async def _sent(request: web.Request, address: str) -> tuple[str, AsyncIterator[bytes] | None]:
    """The address, of a form the one that is typed there, and the pieces of the file. Raises 400, 408 or 415."""
    if request.content_type == "multipart/form-data":
        try:
            async with asyncio.timeout(_SILENCE):
                return await _form(request, address)
        except TimeoutError:
            raise web.HTTPRequestTimeout from None
        except ValueError:
            raise web.HTTPBadRequest(text="The form is not what its headers say.") from None
    if request.content_type in ("application/mbox", "application/octet-stream"):
        return address, request.content.iter_chunked(_PIECE)
    raise web.HTTPUnsupportedMediaType(text="Send the file as it is (application/mbox), or as a form.")


async def _form(request: web.Request, address: str) -> tuple[str, AsyncIterator[bytes] | None]:
    """The address, and the pieces of the file, which is the last field; None where there is none."""
    async for field in await request.multipart():
        if isinstance(field, BodyPartReader) and field.name == "address":
            address = (await field.read_chunk(1000)).decode("utf-8", "replace").strip()
        elif isinstance(field, BodyPartReader) and field.name == "file":
            return address, _pieces(field)
    return address, None


async def _take(request: web.Request, address: str, pieces: AsyncIterator[bytes] | None) -> None:
    """Keep the file, and have it imported."""
    if pieces is None:
        raise InvalidSettings({"file": "is missing: choose a file"})
    address = await _whose(request, address)
    path = imports.uploads(request.app[keys.PLACE].state) / f"{secrets.token_hex(8)}.mbox"
    part = path.with_suffix(imports.PART)
    try:
        await _write(part, pieces)
        await request.app[keys.DEMONSTRATION].make_room()
        # First the job, which begins in a second, then the name that it has: what no job names is swept away.
        await request.app[keys.QUEUE].put(imports.KIND, {"file": path.name, "address": address}, wait=1)
        await asyncio.to_thread(part.rename, path)
    except OSError as error:
        sentence = f"The file could not be kept on the disk of rcmail: {error.strerror}. Nothing was imported."
        raise web.HTTPInsufficientStorage(text=sentence) from error


async def _pieces(field: BodyPartReader) -> AsyncIterator[bytes]:
    while piece := await field.read_chunk(_PIECE):
        yield piece


async def _whose(request: web.Request, address: str) -> str:
    """The address that the file is imported for; it is one of the group's from now on.

    Raises InvalidSettings for one that is none, 409 where there is neither this one nor another.
    """
    try:
        address = clean_mail_address(address) if address else ""
    except ValueError as error:
        raise InvalidSettings({"address": str(error)}) from None
    try:
        return await imports.whose(request.app[keys.SETTINGS], address)
    except ValueError as error:
        raise web.HTTPConflict(text=f"The address {error}.") from None


async def _write(path: Path, pieces: AsyncIterator[bytes]) -> None:
    """Raises OSError, and what is wrong with the pieces as an answer; then nothing is left."""
    await asyncio.to_thread(path.parent.mkdir, mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb", buffering=0) as file:
        try:
            await _copy(pieces, file)
        except BaseException:
            os.unlink(path)  # noqa: PTH108 - a moment, and it must not be put off
            raise


async def _copy(pieces: AsyncIterator[bytes], file: IO[bytes]) -> None:
    size = 0
    while piece := await _next(pieces):
        size += len(piece)
        if size > MAX_UPLOAD:
            raise web.HTTPRequestEntityTooLarge(max_size=MAX_UPLOAD, actual_size=size, text=_TOO_MUCH)
        await asyncio.to_thread(file.write, piece)
    if not size:
        raise InvalidSettings({"file": "is empty"})


async def _next(pieces: AsyncIterator[bytes]) -> bytes:
    """The next piece, empty at the end. Raises 408 where none comes, 400 where it breaks off."""
    try:
        async with asyncio.timeout(_SILENCE):
            return await anext(pieces, b"")
    except TimeoutError:
        raise web.HTTPRequestTimeout from None
    except (ConnectionError, web.RequestPayloadError):
        raise web.HTTPBadRequest(text="The upload broke off.") from None
