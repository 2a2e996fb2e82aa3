#!/usr/bin/env bash
# nom-tam-fits heeds ZBLANK only where it is a column of the compressed image's table: where it is a keyword, which FITS 4.0,
# section 10.2.2, allows as well, the pixels without a value come out as large negative numbers, and others as NaN.
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/common.bash"
python_packages astropy==8.0.2 numpy==2.4.6
maven_packages gov.nasa.gsfc.heasarc:nom-tam-fits:1.21.2
cd -- "$work"
cat >make.py <<'PY'
import numpy as np
from astropy.io import fits
image = np.random.default_rng(1).normal(1000, 10, (64, 64)).astype("f4")
image[10, 10:20] = np.nan
hdu = fits.CompImageHDU(image, compression_type="RICE_1", quantize_level=16, quantize_method=1, dither_seed=1)
fits.HDUList([fits.PrimaryHDU(), hdu]).writeto("blank.fits", overwrite=True)
with fits.open("blank.fits", disable_image_compression=True) as f:
    print("ZBLANK as a keyword:", "ZBLANK" in f[1].header, "as a column:", "ZBLANK" in f[1].columns.names)
with fits.open("blank.fits") as f:
    print("NaN in astropy:", int(np.isnan(f[1].data).sum()))
PY
python make.py | tee made.txt
cat >Read.java <<'JAVA'
import nom.tam.fits.*;
import nom.tam.image.compression.hdu.CompressedImageHDU;

class Read {
    public static void main(String[] args) throws Exception {
        try (Fits fits = new Fits("blank.fits")) {
            float[][] read = (float[][]) ((CompressedImageHDU) fits.getHDU(1)).asImageHDU().getKernel();
            int right = 0;
            int wrong = 0;
            for (int y = 0; y < 64; y++) {
                for (int x = 0; x < 64; x++) {
                    boolean blank = y == 10 && x >= 10 && x < 20;
                    right += Float.isNaN(read[y][x]) && blank ? 1 : 0;
                    wrong += Float.isNaN(read[y][x]) && !blank ? 1 : 0;
                }
            }
            System.out.println(right + " of 10, and " + wrong + " others; the first of the 10 is " + read[10][10]);
        } catch (Exception e) {
            System.out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }
}
JAVA
expect "how astropy writes it" "ZBLANK as a keyword: True as a column: False" "$(sed -n 1p made.txt)"
expect "what astropy reads" "NaN in astropy: 10" "$(sed -n 2p made.txt)"
expect "NaN in nom-tam-fits" "0 of 10, and 56 others; the first of the 10 is -1.29720973E9" "$(java -cp 'lib/*' Read.java 2>log.txt)"
finish
