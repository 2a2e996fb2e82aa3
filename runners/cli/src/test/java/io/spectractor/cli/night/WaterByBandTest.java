package io.spectractor.cli.night;

import static org.assertj.core.api.Assertions.assertThat;

import io.spectractor.testkit.ExternalProgram;
import io.spectractor.testkit.ExternalProgram.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/water-by-band.py} on a night of its own making: one band of one star asks for more water, another star has light
 * of the second order. */
class WaterByBandTest {
    private static final String SCRIPT = "scripts/water-by-band.py";

    private static final String NIGHT = """
            import importlib.util, json, sys
            from pathlib import Path
            import h5py, numpy as np
            spec = importlib.util.spec_from_file_location('w', sys.argv[1]); w = importlib.util.module_from_spec(spec); spec.loader.exec_module(w)
            folder = Path(sys.argv[2]); wls = np.arange(450, 1000, 0.7); spectra = []; water = []
            fine, seen = w.slope(3.0, 1.2, 1.4)
            star = np.exp(-0.5 * ((wls - 650) / 250) ** 2) * (1 - 0.5 * np.exp(-0.5 * ((wls - 486.1) / 1.5) ** 2))
            model = star * np.interp(wls, w.LAMBDA, w.transmission(3.6))
            with h5py.File(folder / 'columns.h5', 'w') as h:
                for k in range(22):
                    name = 's%d' % k; who = 'AB'[k % 2] if k < 16 else 'C'
                    extra = 0.3 * np.interp(wls, fine, seen) * ((wls > 880) & (wls < 990)) if who == 'B' else 0
                    fls = model * (1 + extra) + (0.1 * np.interp(wls / 2, wls, model) * (wls > 900) if who == 'C' else 0)
                    g = h.create_group(name); g.attrs['name'] = name
                    for key, v in dict(wls=wls, fls=fls, model=model, used=np.ones(len(wls))).items(): g[key] = v
                    spectra.append(dict(name=name, target=who, mjd=60000.1 + k / 1440 + (who == 'C'), airmass=1.2, resolutionPx=2.0))
                    water.append(dict(name='pwv', spectrum=name, value=3.0, error=0.1))
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
    void bandsAndSecondOrderAreTold() throws Exception {
        String script = root().resolve(SCRIPT).toString();
        Ended made = ExternalProgram.run(60, "/usr/bin/python3", "-c", NIGHT, script, folder.toString());
        assertThat(made.code()).as(made.all()).isZero();

        Ended told = ExternalProgram.run(60, script, folder.toString());

        assertThat(told.code()).as(told.all()).isZero();
        assertThat(told.all())
                .contains(
                        // ln 1.1 times 1.4826 over the root of 2
                        "another star, within 30 min, 15 pairs: 720 nm 0.000, 820 nm 0.000, 940 nm 0.100, all 0.000");
        assertThat(told.all()).containsPattern("C, 6 spectra: second order 0\\.[12]\\d \\+- 0\\.00 of the light");
        // no line is off in most of them, and none has another width
        assertThat(told.all())
                .contains("0 to 5 mm on the line of sight, 22 spectra: data over model less 1: O2 754 to 758 nm +0.000")
                .containsPattern("change of ln sigma: O2 760 nm [+-]0\\.00, 720 nm [+-]0\\.00, 820 nm [+-]0\\.00,");
        assertThat(told.all()).containsPattern("B, 8 spectra: second order -?0\\.0\\d \\+- 0\\.00 of the light");
    }
}
