package io.spectractor.cli.demo;

import io.spectractor.core.simulation.SamplingRange;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code VALUE} or {@code LOW:HIGH}. */
final class RangeConverter implements ITypeConverter<SamplingRange> {
    @Override
    public SamplingRange convert(String text) {
        String[] ends = text.split(":", -1);
        try {
            if (ends.length <= 2) {
                return new SamplingRange(
                        Double.parseDouble(ends[0].strip()), Double.parseDouble(ends[ends.length - 1].strip()), false);
            }
        } catch (NumberFormatException e) {
            throw wrong(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
        throw wrong(text);
    }

    private static TypeConversionException wrong(String text) {
        return new TypeConversionException("'" + text + "' is neither a number nor a range such as 0.6:3");
    }
}
