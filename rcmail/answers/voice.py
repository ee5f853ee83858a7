"""What a visitor's voice is, a direction among sentence vectors: written by ``eval.voice``."""

from typing import Final

DIRECTION: Final = (  # bytes with a sign, in base64
    "PAH+ELACG+iwO/4X6CBaGAU0PR+uIAZVB9Hb6hz2ASsk6RDM8fTsAYwXHUVAIz2w0dIFBhi9HCy83ezdpfbt9du6uw7i+PwB"
    "MCS09RcYDCwN6OP1JC4bQC3b7+XizTqeJBfTI/Dp1cgqDDrHD7IbEvgxDf0nBKzD6/IvzvVB6/g/Bibi9tH0Hjw70V7S59Ct"
    "JMyW6SL25sEC9urtqED29dXi+R7ZGyLjqvn66e8MCH8j6dwG+Bwi5w4L3AvfP8zW8frv5+SfzlYMFwAbJtDQ/gQP5v4DtxT8"
    "AnI9NtkIVvgYLvP/GPaxPTjn+/4X3sETXfSp7AgfItjv5bkJKuks6vvuJzQbIArBBA/yrRsTGugQQKoAKAURPNz86TQDRfMc"
    "+cMMlykG9AeZ/+/fA50NE9UBISbozfshAZzg/+4hwAuwJNIC0eIvOC9+wtDv4ARRHwbgGfqwHekUJiAx+CADFgULAQ73HQ/X"
    "DQ8BGQoNBQEWzEcBTOX+ENgcqwkm91DtB93d4jI8GBE+6fQV4/8q2k6jAOA2RQ8gzzgFSAQX1x7qENHMRT349zzd7Dw5CiwN"
    "y/QRtdyw6Qv17xEAIuYMRs8OHVjH8OPNABT+Suz3/Sys2eo0LCLWLhL3ExNKLPUK4wsONM6NGwLBVi8O/g38ugve/D/PC5YV"
    "CPY1CRfvCAA="
)
# A vector's voice is ZERO and SCALE times its product with the direction.
SCALE: Final = 0.010000
ZERO: Final = -0.1636
