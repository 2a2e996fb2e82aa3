package io.spectractor.cli.night;

import static org.assertj.core.api.Assertions.assertThat;

import io.spectractor.testkit.ExternalProgram;
import io.spectractor.testkit.ExternalProgram.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/water-and-merra.py} on four nights of its own making, one of them humid. */
class WaterAndMerraTest {
    private static final String SCRIPT = "scripts/water-and-merra.py";

    private static final String NIGHTS = """
            import gzip, json, sys
            from pathlib import Path
            import h5py
            folder = Path(sys.argv[1]); spectra = []; water = []
            # the ground's pressure is twice the telescope's: 16 times the water
            with gzip.open(folder / 'MERRA2_2023_asm_lsst.csv.gz', 'wt') as m, h5py.File(folder / 'n.h5', 'w') as h:
                m.write('time,TQV,PS\\n')
                for k, (known, ours, theirs) in enumerate([(1, 1.1, 1.5), (2, 2.3, 2.5), (3, 3.2, 3.5), (8, 10.2, 8.5)]):
                    for hour in (2, 4):
                        m.write('2023-02-%02dT%02d:30:00Z,%g,150000\\n' % (25 + k, hour, 16 * known))
                    for hour in (3, 4):
                        name = 's%d%d' % (k, hour)
                        h.create_group(name).attrs['PWV [mm]_x'] = float(theirs)
                        spectra.append(dict(name='n.h5/' + name, mjd=60000 + k + hour / 24, pressureHPa=750.0))
                        water.append(dict(name='pwv', spectrum='n.h5/' + name, value=ours, error=0.1))
            (folder / 'joint.json').write_text(json.dumps(dict(parameters=water, spectra=spectra)))
            """;

    @TempDir
    Path folder = Path.of("");

    private static Path root() {
        Path path = Path.of("").toAbsolutePath();
        while (!Files.isExecutable(path.resolve(SCRIPT))) {
            path = path.getParent();
        }
        return path;
    }

    @Test
    void bothFitsAreHeldAgainstTheSameNights() throws Exception {
        Ended made = ExternalProgram.run(60, "/usr/bin/python3", "-c", NIGHTS, folder.toString());
        assertThat(made.code()).as(made.all()).isZero();

        String here = folder.toString();
        Ended told = ExternalProgram.run(60, root().resolve(SCRIPT).toString(), here, here, here);

        assertThat(told.code()).as(told.all()).isZero();
        assertThat(told.all())
                .contains(
                        // differences of 0.1, 0.3, 0.2 and 2.2 mm
                        "joint fit, 4 nights: +0.70 +- 1.00 mm, 1.4826 MAD 0.15 mm; below 4 mm 3 nights: +0.20 +- 0.10 mm",
                        "the files' own fits, 4 nights: +0.50 +- 0.00 mm, 1.4826 MAD 0.00 mm; below 4 mm 3 nights: +0.50 +- 0.00 mm",
                        "joint fit less the files' own fits: +0.20 +- 1.00 mm");
    }
}
