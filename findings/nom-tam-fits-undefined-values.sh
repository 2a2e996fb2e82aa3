#!/usr/bin/env bash
# A card without a value, 'DATE-END=' (FITS 4.0, section 4.1.2.3), is how LATISS headers tell that something is unknown. Where it has
# no comment either, nom-tam-fits 1.21.2 takes it for a comment card: a header that was only read and written again has lost the
# value indicator, and what astropy reads from it is an empty text in place of an undefined value. With a comment all is well.
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/common.bash"
python_packages astropy==8.0.2 numpy==2.4.6
maven_packages gov.nasa.gsfc.heasarc:nom-tam-fits:1.21.2
cd -- "$work"
cat >make.py <<'PY'
import numpy as np
from astropy.io import fits

header = fits.Header([("INSTRUME", "LATISS"), ("AIRMASS", None, "airmass at the start"), ("DATE-END", None)])
fits.PrimaryHDU(np.zeros((4, 4), "i2"), header).writeto("raw.fits", overwrite=True)
PY
cat >show.py <<'PY'
import sys
import warnings

from astropy.io import fits

warnings.simplefilter("ignore")
header = fits.getheader(sys.argv[1])
print(*(f"{keyword} {type(header[keyword]).__name__} '{header[keyword]}'" for keyword in ("AIRMASS", "DATE-END")), sep=", ")
PY
cat >Copy.java <<'JAVA'
import java.io.File;
import nom.tam.fits.*;

class Copy {
    public static void main(String[] args) throws Exception {
        try (Fits fits = new Fits("raw.fits")) {
            fits.read();
            HeaderCard card = fits.getHDU(0).getHeader().findCard("DATE-END");
            System.out.println("a comment: " + card.isCommentStyleCard() + ", a key with a value: " + card.isKeyValuePair());
            fits.write(new File("copy.fits"));
        }
    }
}
JAVA
card() { head -c 2880 -- "$1" | fold -w 80 | grep "^$2" | sed 's/ *$//'; }
python make.py
rm -f copy.fits
expect "the cards as astropy writes them" "AIRMASS =  / airmass at the start|DATE-END=" "$(card raw.fits AIRMASS)|$(card raw.fits DATE-END)"
expect "astropy reads" "AIRMASS NoneType 'None', DATE-END NoneType 'None'" "$(python show.py raw.fits)"
expect "DATE-END in nom-tam-fits" "a comment: true, a key with a value: false" "$(java -cp 'lib/*' Copy.java 2>log.txt)"
expect "the cards as nom-tam-fits writes them" "AIRMASS =                      / airmass at the start|DATE-END" \
    "$(card copy.fits AIRMASS)|$(card copy.fits DATE-END)"
expect "astropy reads then" "AIRMASS NoneType 'None', DATE-END str ''" "$(python show.py copy.fits)"
finish
