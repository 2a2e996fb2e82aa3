package io.spectractor.cli;

import io.spectractor.cli.night.JointOptions;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Lists the options of commands that have many in groups, by what they are about. */
final class HelpGroups {
    /** Options of one group: those of some classes, and some others by their names. */
    private record Group(String heading, Set<Class<?>> classes, Set<String> names) {
        boolean holds(OptionSpec option) {
            return names.contains(option.longestName())
                    || (option.userObject() instanceof Field field && classes.contains(field.getDeclaringClass()));
        }
    }

    private static final List<Group> GROUPS = List.of(
            new Group(
                    "Inputs",
                    Set.of(SkyOptions.class, WatchOptions.class),
                    Set.of("--logbook", "--target", "--disperser", "--guess", "--skip-unknown-dispersers")),
            new Group("Science", Set.of(ConfigOptions.class, CalibrationOptions.class, TargetOptions.class), Set.of()),
            new Group("Joint fit", Set.of(JointOptions.class), Set.of()),
            new Group(
                    "Output",
                    Set.of(PlotOptions.class),
                    Set.of("--out", "--run-id", "--resume", "--overwrite", "--background", "--dry-run", "--json")),
            new Group("Scheduler", Set.of(), Set.of("--scheduler", "--workers", "--max-failures")),
            new Group("Spark", Set.of(SparkOptions.class), Set.of()),
            new Group("MPI", Set.of(MpiRankOptions.class), Set.of()),
            new Group("Help and messages", Set.of(CommonOptions.class), Set.of()));

    /** Below so many options a list is easier to read than groups. */
    private static final int MANY = 12;

    private HelpGroups() {}

    /** Has the help of a command and of those below it list many options in groups. */
    static void install(CommandLine line) {
        if (line.getCommandSpec().options().stream().filter(o -> !o.hidden()).count() > MANY) {
            line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING, help -> "");
            line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpGroups::render);
        }
        line.getSubcommands().values().forEach(HelpGroups::install);
    }

    private static String render(Help help) {
        Map<String, List<OptionSpec>> groups = new LinkedHashMap<>();
        GROUPS.forEach(group -> groups.put(group.heading(), new ArrayList<>()));
        List<OptionSpec> others = new ArrayList<>();
        for (OptionSpec option : help.commandSpec().options()) {
            if (!option.hidden()) {
                GROUPS.stream()
                        .filter(group -> group.holds(option))
                        .findFirst()
                        .map(group -> groups.get(group.heading()))
                        .orElse(others)
                        .add(option);
            }
        }
        StringBuilder text = new StringBuilder();
        if (!others.isEmpty()) {
            section(help, "Options", others, text);
        }
        groups.forEach((heading, options) -> section(help, heading, options, text));
        return text.toString();
    }

    private static void section(Help help, String heading, List<OptionSpec> options, StringBuilder text) {
        if (options.isEmpty()) {
            return;
        }
        Help.Layout layout = help.createDefaultLayout(options, List.of(), help.colorScheme());
        layout.addOptions(options, help.createDefaultParamLabelRenderer());
        text.append(System.lineSeparator())
                .append(heading)
                .append(':')
                .append(System.lineSeparator())
                .append(layout);
    }
}
