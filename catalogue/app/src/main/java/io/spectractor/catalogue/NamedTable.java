package io.spectractor.catalogue;

import io.spectractor.hats.HatsCatalogue;
import java.io.PrintWriter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The table that a command is about, in which folder, and where the command prints. */
final class NamedTable {
    @Mixin
    private FolderOption folder = new FolderOption();

    @Parameters(index = "0", paramLabel = "NAME")
    private String name = "";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec mixee = CommandSpec.create();

    String name() {
        return name;
    }

    CatalogueFolder catalogue() {
        return folder.open();
    }

    HatsCatalogue open() {
        return catalogue().table(name);
    }

    PrintWriter err() {
        return mixee.root().commandLine().getErr();
    }

    PrintWriter out() {
        return mixee.root().commandLine().getOut();
    }
}
