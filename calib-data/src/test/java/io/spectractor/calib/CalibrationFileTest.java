package io.spectractor.calib;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrationFileTest {
    private static final TableCalibration STORE = EmbeddedCalibration.load();

    /** Recomputes the SHA-256 over what h5py reads, as the README describes it. */
    private static final String HASH_WITH_H5PY = """
            import h5py, hashlib, struct, sys
            def text(s):
                b = s.encode()
                return struct.pack('>i', len(b)) + b
            def plain(v):
                v = v.decode() if isinstance(v, bytes) else str(v)
                return '' if v == '-' else v
            tables = []
            def visit(path, node):
                if not isinstance(node, h5py.Group) or 'table_name' not in node.attrs:
                    return
                name = plain(node.attrs['table_name'])
                header = {k: plain(v) for k, v in node.attrs.items() if k not in ('table_name', 'column_order')}
                out = text(name) + struct.pack('>i', len(header))
                for key in sorted(header):
                    out += text(key) + text(header[key])
                columns = plain(node.attrs['column_order']).split(',')
                out += struct.pack('>ii', len(columns), len(node[columns[0]]))
                for column in columns:
                    data = node[column][:]
                    out += text(column)
                    if data.dtype.kind == 'f':
                        out += b'N' + data.astype('>f8').tobytes()
                    else:
                        out += b'T' + b''.join(text(plain(v)) for v in data)
                    assert node[column].attrs['source'] and node[column].attrs['licence']
                    assert data.dtype.kind != 'f' or node[column].attrs['units']
                tables.append((name, out))
            with h5py.File(sys.argv[1], 'r') as f:
                f.visititems(visit)
                digest = hashlib.sha256(b''.join(out for _, out in sorted(tables))).hexdigest()
                assert digest == plain(f.attrs['sha256']), digest
                print(digest, plain(f.attrs['version']), len(tables))
                print(repr(f['dispersers/HoloAmAg/map/grooves_per_mm'][0]))
                print(plain(f['lines/label'][0]), plain(f['lines/lambda_nm'].attrs['units']))
            """;

    @TempDir
    private Path folder;

    @Test
    void readBackIsEqual() {
        Path file = written("a.h5");

        CalibrationContent read = CalibrationFile.read(file);

        assertThat(read.tables()).containsExactlyElementsOf(STORE.content().tables());
        assertThat(read.sha256()).isEqualTo(STORE.sha256());
        assertThat(read.version()).isEqualTo(STORE.version());
        TableCalibration store = new TableCalibration(read);
        assertThat(store.disperser("Thor300").orElseThrow().grooves().at(1, 1)).isEqualTo(299.51165767360544);
        assertThat(store.lines()).isEqualTo(STORE.lines());
        assertThat(store.target("PNG321.0+3.9").orElseThrow().kind())
                .isEqualTo(STORE.target("PNG321.0+3.9").orElseThrow().kind());
        assertThat(store.throughput("ctio").orElseThrow().values())
                .containsExactly(STORE.throughput("ctio").orElseThrow().values());
    }

    @Test
    void textOfAnyScriptAndOddNumbersSurvive() {
        Table targets = STORE.content().table("targets.csv");
        List<Table> tables = new ArrayList<>(STORE.content().tables());
        tables.remove(targets);
        tables.add(targets.withRow(
                targets.size(),
                Map.of(
                        "name", "007",
                        "kind", "STAR",
                        "ra_deg", "0.1",
                        "dec_deg", "-0.0",
                        "redshift", "5e-324",
                        "reference", "Observatoire de Haute-Provence: été; λ Ori; 星")));
        TableCalibration changed = new TableCalibration(CalibrationContent.of("v é", tables));
        Path file = folder.resolve("odd.h5");
        CalibrationFile.write(changed, file);

        CalibrationContent read = CalibrationFile.read(file);

        assertThat(read.sha256()).isEqualTo(changed.sha256());
        assertThat(read.version()).isEqualTo("v é");
        Table table = read.table("targets.csv");
        assertThat(table.text(targets.size(), "name")).isEqualTo("007");
        assertThat(table.text(targets.size(), "reference")).endsWith("été; λ Ori; 星");
        assertThat(table.number(targets.size(), "redshift")).isEqualTo(Double.MIN_VALUE);
        assertThat(1 / table.number(targets.size(), "dec_deg")).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(CalibrationContent.fromBytes(changed.content().toBytes()).sha256())
                .isEqualTo(changed.sha256());
    }

    @Test
    void sameContentSameBytes() throws IOException, InterruptedException {
        byte[] first = Files.readAllBytes(written("a.h5"));
        TimeUnit.MILLISECONDS.sleep(1100); // were there a time stamp in it, it would differ now

        assertThat(Files.readAllBytes(written("b.h5"))).isEqualTo(first);
    }

    @Test
    void nothingTellsOfTheMachine() throws IOException {
        String text = Files.readString(written("a.h5"), java.nio.charset.StandardCharsets.ISO_8859_1);

        assertThat(text).doesNotContain(System.getProperty("os.name"), System.getProperty("os.arch") + " - ");
    }

    @Test
    void nothingElseIsLeftBeside() throws IOException {
        written("a.h5");
        try (var files = Files.list(folder)) {
            assertThat(files.map(f -> String.valueOf(f.getFileName()))).containsExactly("a.h5");
        }
    }

    @Test
    void aFolderOfTablesIsTheSame() throws IOException {
        for (String name : STORE.content().names()) {
            Path file = folder.resolve("tables").resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, TableWriter.csv(STORE.content().table(name)));
        }
        Files.writeString(folder.resolve("tables/version.txt"), "of a folder\n");

        CalibrationContent read = CalibrationFile.read(folder.resolve("tables"));

        assertThat(read.sha256()).isEqualTo(STORE.sha256());
        assertThat(read.version()).isEqualTo("of a folder");
    }

    @Test
    void bytesAsSentAreTheSame() {
        byte[] bytes = STORE.content().toBytes();

        CalibrationContent read = CalibrationContent.fromBytes(bytes);

        assertThat(read.tables()).containsExactlyElementsOf(STORE.content().tables());
        assertThat(read.sha256()).isEqualTo(STORE.sha256());
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            byte[] damaged = bytes.clone();
            // behind the version, which is no content
            damaged[60 + random.nextInt(bytes.length - 60)] ^= (byte) (1 << random.nextInt(8));
            assertThatThrownBy(() -> CalibrationContent.fromBytes(damaged)).isInstanceOf(CalibrationException.class);
            int length = random.nextInt(bytes.length);
            assertThatThrownBy(() -> CalibrationContent.fromBytes(Arrays.copyOf(bytes, length)))
                    .isInstanceOf(CalibrationException.class);
        }
    }

    @Test
    void truncatedFilesAreNamed() throws IOException {
        byte[] bytes = Files.readAllBytes(written("a.h5"));
        Random random = new Random(1);
        for (int i = 0; i < 60; i++) {
            int length = i == 0 ? 0 : i == 1 ? bytes.length - 1 : random.nextInt(bytes.length);
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> CalibrationFile.read("night.h5", cut))
                    .as("%d bytes", length)
                    .isInstanceOf(CalibrationException.class)
                    .hasMessageContaining("night.h5")
                    .hasMessageContaining("again");
        }
    }

    /** A flipped bit is found or does no harm: never other values, never another kind of end. */
    @Test
    void flippedBitsAreFoundOrHarmless() throws IOException {
        byte[] bytes = Files.readAllBytes(written("a.h5"));
        Random random = new Random(2);
        int found = 0;
        int tried = 300;
        for (int i = 0; i < tried; i++) {
            byte[] damaged = bytes.clone();
            damaged[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            found += Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> isRefused(damaged)) ? 1 : 0;
        }
        assertThat(found).isGreaterThan(tried / 2);
    }

    private static boolean isRefused(byte[] damaged) {
        try {
            assertThat(CalibrationFile.read("night.h5", damaged).sha256()).isEqualTo(STORE.sha256());
            return false;
        } catch (CalibrationException e) {
            assertThat(e).hasMessageContaining("night.h5");
            return true;
        }
    }

    @Test
    void otherFilesAreRefused() throws IOException {
        Path text = Files.writeString(folder.resolve("page.h5"), "<html>not found</html>");
        assertThatThrownBy(() -> CalibrationFile.read(text)).hasMessageContaining("page.h5: not a whole HDF5 file");
        assertThatThrownBy(() -> CalibrationFile.read(folder.resolve("none.h5")))
                .hasMessageContaining("none.h5: no such file")
                .hasMessageContaining("calib build");
        assertThatThrownBy(() -> CalibrationFile.read(folder)).hasMessageContaining("calib import");
    }

    @Test
    void h5dumpReadsIt() throws IOException, InterruptedException {
        Path file = written("a.h5");

        String attributes = run("h5dump", "-a", "/sha256", file.toString());
        String numbers = run("h5dump", "-m", "%.17g", "-d", "/throughput/ctio/throughput", file.toString());
        String all = run("h5dump", "-n", file.toString());

        assertThat(attributes).contains(STORE.sha256());
        assertThat(numbers).contains("H5T_IEEE_F64").contains("0.10796124").contains("\"units\"");
        assertThat(all)
                .contains("/dispersers/HoloAmAg/map/grooves_per_mm")
                .contains("/dispersers/HoloAmAg/ratio21/ratio")
                .contains("/targets/redshift")
                .contains("/sed/HD111980/flux_erg_s_cm2_nm")
                .contains("/filters/RG715/transmission")
                .contains("/atmosphere/absorption/lambda_nm")
                .contains("/lines/lambda_nm");
    }

    @Test
    void h5pyReadsItAndFindsTheSameHash() throws IOException, InterruptedException {
        Path file = written("a.h5");
        Path script = Files.writeString(folder.resolve("hash.py"), HASH_WITH_H5PY);
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "no /usr/bin/python3");
        assumeTrue(
                new ProcessBuilder("/usr/bin/python3", "-c", "import h5py")
                                .start()
                                .waitFor()
                        == 0,
                "no h5py; Debian has it in python3-h5py");

        String output = run("/usr/bin/python3", script.toString(), file.toString());

        assertThat(output.lines())
                .containsExactly(
                        STORE.sha256() + " " + STORE.version() + " "
                                + STORE.content().names().size(),
                        output.contains("np.float64") ? "np.float64(325.784)" : "325.784",
                        STORE.lines().get(0).label() + " nm");
    }

    private Path written(String name) {
        Path file = folder.resolve(name);
        CalibrationFile.write(STORE, file);
        return file;
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            assumeTrue(false, command[0] + " is not installed; Debian has it in hdf5-tools");
            throw e;
        }
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
