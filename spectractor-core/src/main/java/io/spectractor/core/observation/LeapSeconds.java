package io.spectractor.core.observation;

import java.time.LocalDate;
import java.time.LocalDateTime;

/** TAI and UTC (IERS Bulletin C; none has been announced since that of 2016). */
final class LeapSeconds {
    /** First day with one more second; TAI - UTC was 10 s from 1972 on. */
    private static final String[] DAYS = {
        "1972-07-01", "1973-01-01", "1974-01-01", "1975-01-01", "1976-01-01", "1977-01-01", "1978-01-01",
        "1979-01-01", "1980-01-01", "1981-07-01", "1982-07-01", "1983-07-01", "1985-07-01", "1988-01-01",
        "1990-01-01", "1991-01-01", "1992-07-01", "1993-07-01", "1994-07-01", "1996-01-01", "1997-07-01",
        "1999-01-01", "2006-01-01", "2009-01-01", "2012-07-01", "2015-07-01", "2017-01-01"
    };

    private LeapSeconds() {}

    static LocalDateTime utcOfTai(LocalDateTime tai) {
        int seconds = 10;
        for (String day : DAYS) {
            // the new second counts from midnight UTC, which is later in TAI
            if (!tai.minusSeconds(seconds + 1).isBefore(LocalDate.parse(day).atStartOfDay())) {
                seconds++;
            }
        }
        return tai.minusSeconds(seconds);
    }
}
