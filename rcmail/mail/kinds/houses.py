"""Which house an address is in, and those that give everybody one: there a sender tells nothing of another."""

from typing import Final

_FOR_EVERYBODY: Final = """
    gmail.com googlemail.com hotmail.com hotmail.nl hotmail.de hotmail.fr hotmail.be hotmail.co.uk outlook.com
    outlook.de outlook.fr outlook.be live.com live.nl live.de live.fr live.be msn.com yahoo.com yahoo.de yahoo.fr
    yahoo.co.uk ymail.com icloud.com me.com mac.com aol.com aol.de gmx.net gmx.de gmx.at gmx.ch gmx.com web.de
    t-online.de freenet.de arcor.de posteo.de posteo.net mailbox.org proton.me protonmail.com pm.me tutanota.com
    tutanota.de tuta.io ziggo.nl kpnmail.nl kpnplanet.nl planet.nl home.nl xs4all.nl hetnet.nl upcmail.nl casema.nl
    chello.nl
    quicknet.nl tele2.nl telfort.nl zonnet.nl online.nl online.de solcon.nl caiway.nl wanadoo.nl telenet.be
    skynet.be proximus.be scarlet.be orange.fr wanadoo.fr free.fr sfr.fr laposte.net neuf.fr bbox.fr btinternet.com
    sky.com virginmedia.com talktalk.net bluewin.ch
"""
FOR_EVERYBODY: Final = frozenset(_FOR_EVERYBODY.split())


def house(address: str) -> str:
    """The part behind the “@”; empty where there is none."""
    return address.rpartition("@")[2] if "@" in address else ""
