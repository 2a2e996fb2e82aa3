#!/usr/bin/env bash
# nom-tam-fits unpacks GZIP_1 tiles of 180 kB to other numbers than were packed, and says nothing.
# FITS 4.0, section 10.4.2, sets no limit to a tile. astropy (CFITSIO's code) packs and unpacks the same files without loss.
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/common.bash"
python_packages astropy==8.0.2 numpy==2.4.6
maven_packages gov.nasa.gsfc.heasarc:nom-tam-fits:1.21.2
cd -- "$work"
cat >make.py <<'PY'
import numpy as np
from astropy.io import fits
image = (np.arange(300 * 300).reshape(300, 300) % 30011).astype(">i2")
image.tofile("plain.bin")
for side in (150, 181, 182, 300):
    hdu = fits.CompImageHDU(image, compression_type="GZIP_1", tile_shape=(side, side))
    fits.HDUList([fits.PrimaryHDU(), hdu]).writeto(f"tile{side}.fits")
    with fits.open(f"tile{side}.fits") as f:
        assert (f[1].data == image).all(), "astropy reads back what it wrote"
PY
python make.py
cat >Read.java <<'JAVA'
import java.nio.ByteBuffer;
import java.nio.file.*;
import nom.tam.fits.*;
import nom.tam.image.compression.hdu.CompressedImageHDU;

class Read {
    public static void main(String[] args) throws Exception {
        ByteBuffer plain = ByteBuffer.wrap(Files.readAllBytes(Path.of("plain.bin")));
        for (String side : args) {
            String said = "";
            int wrong = 0;
            try (Fits fits = new Fits("tile" + side + ".fits")) {
                short[][] read = (short[][]) ((CompressedImageHDU) fits.getHDU(1)).asImageHDU().getKernel();
                for (int i = 0; i < 90000; i++) {
                    wrong += read[i / 300][i % 300] != plain.getShort(2 * i) ? 1 : 0;
                }
            } catch (Exception e) {
                said = " " + e.getClass().getSimpleName();
            }
            System.out.println(side + " " + wrong + said);
        }
    }
}
JAVA
java -cp 'lib/*' Read.java 150 181 182 300 >read.txt 2>log.txt
while read -r line then; do
    bytes=$((2 * line * line))
    expect "tile $line x $line, $bytes bytes, pixels that differ of 90000" "$then" "$(sed -n "s/^$line //p" read.txt)"
done <<<"150 0
181 0
182 0
300 53765"
finish
