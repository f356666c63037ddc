package xiaxiang.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is wrong with a specification or its data is listed, each with its place and the next step; nothing is fitted then.
class ChoiceProblemsTest {
    private static final String SPEC = """
            data: data.csv
            choice: choice
            weight: w
            individual: who
            alternatives:
              - {id: 1, name: train, utility: asc + b_time * t1}
              - {id: 2, name: car, available: av, utility: b_time * t2}
            parameters: {asc: 0, b_time: {start: -0.1}}
            """;
    private static final String DATA = """
            choice,t1,t2,av,w,who,town
            1,10,20,1,1,a,x
            2,30,5,1,2,a,x
            1,12,NA,0,1,b,y
            2,9,8,1,1.5,c,y
            """;
    private static final String LONG_SPEC = """
            data: data.csv
            format: long
            case: n
            alternative: mode
            choice: chosen
            utility: asc[car] + b * t
            """;
    private static final String LONG = """
            n,mode,chosen,t,w
            1,train,1,10,1
            1,car,0,20,1
            2,train,0,30,2
            2,car,1,5,2
            3,train,1,9,1
            """;

    @TempDir
    private Path temp = Path.of("");

    private CommandLines.Said run(String spec, String data) throws IOException {
        Files.writeString(temp.resolve("data.csv"), data);
        return CommandLines.run("choice", "fit", Files.writeString(temp.resolve("spec.yaml"), spec).toString(), "--lang", "en");
    }

    private void refused(String spec, String data, String message) throws IOException {
        CommandLines.Said said = run(spec, data);
        assertThat(said.exit()).as(said.out() + said.err()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).contains(message).doesNotContain("Exception");
    }

    @Test
    void whatTheyBeginWithIsGood() throws IOException {
        // Three cases tell time and constant apart, if not well.
        CommandLines.Said wide = run(SPEC, DATA);
        assertThat(wide.exit()).as(wide.out() + wide.err()).isIn(ExitCode.DONE, ExitCode.REFUSED);
        assertThat(wide.out()).startsWith("4 observations of 3 individuals, 2 alternatives, 7 of them available in all");
        CommandLines.Said rows = run(LONG_SPEC, LONG);
        assertThat(rows.out()).as(rows.err()).startsWith("3 observations of 3 individuals, 2 alternatives, 5 of them available in all");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = ";;", quoteCharacter = '~', textBlock = """
            data: data.csv;;                      data: none.csv;;                     none.csv: is no file
            data: data.csv;;                      date: data.csv;;                     spec.yaml row 1 column date: is not a key of this file
            choice: choice;;                      choice: choise;;                     spec.yaml row 2 column choice "choise": is no column of the data. correct it; the nearest is choice
            choice: choice;;                      choice: choice +;;                   character 9: expected a number or a name at the end
            choice: choice;;                      x: 1;;                               spec.yaml row 1 column choice: must not be empty
            weight: w;;                           weight: w - 1.75;;                   data.csv row 2 column w - 1.75 "-0.75": is out of range. it must be in [0
            weight: w;;                           weight: 0 * w;;                      leaves no row
            weight: w;;                           weight: town;;                       is a column of texts
            weight: w;;                           filter: t1 > 100;;                   leaves no row. loosen it: t1 > 100
            weight: w;;                           filter: !missing(t1);;               a value that begins with ! needs quotes
            weight: w;;                           filter: price > 100;;                spec.yaml row 3 column filter "price": is no column of the data
            weight: w;;                           weight: t2;;                         data.csv row 4 column t2: is missing. fill it in, or leave such rows out, for example filter: not missing(t2)
            individual: who;;                     individual: whom;;                   the nearest is who
            individual: who;;                     case: who;;                          spec.yaml row 4 column case: contradicts format: wide
            individual: who;;                     errors: [hessian, clusters: who];;   is not one of the choices
            individual: who;;                     errors: [hessian, cluster];;         use one of: cluster: COLUMN
            individual: who;;                     errors: [cluster: whom];;            is no column of the data
            individual: who;;                     random: {b_tim: {mean: m, deviation: s}};;  is a parameter that nothing uses
            individual: who;;                     random: {b_time: {distribution: cauchy, mean: m, deviation: s}};;  use one of: normal lognormal uniform triangular
            individual: who;;                     nests: [{name: n, parameter: mu, alternatives: [1, bus]}];;  "bus": is not one of the alternatives. the alternatives are train, car
            individual: who;;                     nests: [{name: n, parameter: mu, alternatives: [1, train]}];;  names an item twice
            individual: who;;                     nests: [{name: n, parameter: mu}];;  must not be empty
            individual: who;;                     draws: {type: sobol};;               use one of: halton random
            individual: who;;                     draws: {number: 0};;                 is out of range
            individual: who;;                     format: tall;;                       use one of: wide long
            individual: who;;                     format: long;;                       column case: must not be empty
            available: av;;                       available: av == av;;                data.csv row 4 column t2 "car": leaves an available
            available: av;;                       available: t2;;                      data.csv row 4 column t2: is missing
            available: av;;                       avail: av;;                          is not a key of this file
            , available: av;;                     ;;                                   data.csv row 4 column t2 "car": leaves an available alternative without a finite utility: b_time * t2
            utility: asc + b_time * t1;;          utility: asc + b_tim * t1;;          spec.yaml row 6 column alternatives[0].utility "b_tim": is neither a column of the data nor a parameter
            utility: asc + b_time * t1;;          utility: asc + b_time * town;;       is a column of texts
            utility: asc + b_time * t1;;          utility: asc + b_time * log(t1 - 10);; leaves an available alternative without a finite utility
            utility: asc + b_time * t1;;          utility: "asc[bus] + b_time * t1";;  "bus": is not one of the alternatives
            utility: asc + b_time * t1;;          utility: b_time * t1;;               spec.yaml row 8 column parameters.asc: is a parameter that nothing uses
            , utility: asc + b_time * t1;;        ;;                                   column alternatives[0].utility: must not be empty
            id: 2;;                               id: 1;;                              names an item twice
            id: 2;;                               id: 5;;                              data.csv row 3 column choice "2": is not one of the alternatives. the alternatives are 1, 5
            {start: -0.1};;                       {start: -0.1, lower: 0};;            is out of range. it must be in [0.0
            {start: -0.1};;                       {strt: -0.1};;                       is not a key of this file. rename or delete it; the keys are: fixed, lower, start, upper
            {start: -0.1};;                       {fixed: maybe};;                     is not a number
            {start: -0.1};;                       {start: 1, fixed: 2};;               contradicts start
            {start: -0.1};;                       {lower: 2, upper: 1};;               is out of range
            """)
    void aSpecificationsFaults(String good, String bad, String message) throws IOException {
        assertThat(SPEC).contains(good.strip());
        refused(SPEC.replace(good.strip(), bad == null ? "" : bad.strip()), DATA, message);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = ";;", quoteCharacter = '~', textBlock = """
            2,9,8,1,1.5,c,y;;    2,9,8,0,1.5,c,y;;     data.csv row 5 column choice "car": was chosen though it is not available
            2,9,8,1,1.5,c,y;;    3,9,8,1,1.5,c,y;;     data.csv row 5 column choice "3": is not one of the alternatives
            2,9,8,1,1.5,c,y;;    NA,9,8,1,1.5,c,y;;    data.csv row 5 column choice: is missing
            2,9,8,1,1.5,c,y;;    2,,8,1,1.5,c,y;;      data.csv row 5 column t1 "train": leaves an available alternative without a finite utility: asc + b_time * t1
            2,9,8,1,1.5,c,y;;    2,9o,8,1,1.5,c,y;;    data.csv row 5 column t1 "9o": is not a number
            2,9,8,1,1.5,c,y;;    2,9,8,1,-1.5,c,y;;    data.csv row 5 column w "-1.5": is out of range
            2,9,8,1,1.5,c,y;;    2,9,8,1,1.5,.,y;;     data.csv row 5 column who: is missing
            2,9,8,1,1.5,c,y;;    2,9,8,1,1.5,c;;       data.csv row 5: has fewer cells than the header
            """)
    void theDatasFaults(String good, String bad, String message) throws IOException {
        assertThat(DATA).contains(good.strip());
        refused(SPEC, DATA.replace(good.strip(), bad.strip()), message);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = ";;", quoteCharacter = '~', textBlock = """
            2,car,1,5,2;;      2,car,0,5,2;;      data.csv row 4 column chosen: does not have exactly one chosen alternative. one row of each case must be 1, the others 0; there are 0
            2,car,1,5,2;;      2,train,1,5,2;;    data.csv row 5 column n "train": stands twice in one case
            2,train,0,30,2;;   2,train,1,30,2;;   there are 2
            2,train,0,30,2;;   2,train,.5,30,2;;  "0.5": is out of range. it must be in {0, 1}
            2,train,0,30,2;;   ,train,0,30,2;;    data.csv row 4 column n: is missing
            2,train,0,30,2;;   2,train,0,30,1;;   differs within one case
            2,train,0,30,2;;   2,train,0,,2;;     data.csv row 4 column t "train": leaves an available alternative without a finite utility
            """)
    void longDatasFaults(String good, String bad, String message) throws IOException {
        assertThat(LONG).contains(good.strip());
        refused(LONG_SPEC + "weight: w\n", LONG.replace(good.strip(), bad.strip()), message);
    }

    /// All at once, so that one reading mends all.
    @Test
    void allProblemsAreListed() throws IOException {
        CommandLines.Said said = run(SPEC.replace("individual: who", "individual: whoever"), DATA.replace("2,9,8,1,1.5,c,y", "3,9,8,1,-1.5,c,y").replace("1,10,20", "NA,10,20"));
        assertThat(said.err()).contains("whoever").contains("row 5 column choice").contains("row 2 column choice");
    }

    private static final String BROKEN_SPEC = """
            data: data.csv
            choise: choice
            choice: choice
            weight: ww
            alternatives:
              - {id: 1, name: train, utility: asc + b_time * (t1}
              - {id: 2, name: car, available: avv, utility: b_time * t2}
            parameters: {asc: 0, b_time: 0, unused: 0, t2: 1}
            nests: [{name: n, parameter: mu, alternatives: [1, tram]}]
            errors: [cluster: village]
            """;

    /// A formula that cannot be read hides no other fault, and makes none up: asc stands in it.
    @ParameterizedTest
    @ValueSource(strings = {"", "filter: tt > 0"})
    void aBrokenFormulaHidesNothing(String filter) throws IOException {
        CommandLines.Said said = run(BROKEN_SPEC + filter, DATA);
        assertThat(said.exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(said.err()).contains("column choise: is not a key", "character 19: expected )", "weight \"ww\"", "available \"avv\"", "parameters.unused", "parameters.t2", "\"tram\"", "\"village\"")
                .doesNotContain("parameters.asc", "must not be empty").doesNotContain("data.csv row");
        assertThat(said.err().contains("\"tt\"")).isEqualTo(!filter.isEmpty());
    }

    /// Each rule is asked of each row, and no cell is told twice.
    @Test
    void everyRowIsJudgedByEveryRule() throws IOException {
        CommandLines.Said said = run(SPEC + "errors: [cluster: town]\n", """
                choice,t1,t2,av,w,who,town
                1,10,20,1,1,a,x
                ,9,8,1,1.5,b,y
                7,9,8,1,1.5,c,y
                2,9,8,0,1.5,d,y
                1,,8,1,1.5,e,y
                2,9,8,1,-2,f,
                2,9,8,1,1,.,y
                2,9,8,1,,h,y
                2,9,8,,1,a,y
                """);
        assertThat(said.err()).startsWith("10 problems in ").contains("row 3 column choice: is missing", "row 4 column choice \"7\"", "row 5 column choice \"car\": was chosen though", "row 6 column t1 \"train\": leaves",
                "row 7 column town: is missing", "row 7 column w \"-2.0\": is out of range", "row 8 column who: is missing", "row 9 column w: is missing", "row 10 column av: is missing", "row 10 column town: differs within one who");
    }

    @Test
    void everyLongRowIsJudged() throws IOException {
        CommandLines.Said said = run(LONG_SPEC + "weight: w\nalternatives: [{id: train}, {id: car}]\n", """
                n,mode,chosen,t,w
                1,train,1,10,1
                1,car,0,20,1
                2,train,0,30,2
                2,car,0,5,2
                3,train,1,9,-1
                ,car,0,9,1
                4,train,NA,9,1
                4,car,1,9,1
                5,train,1,,1
                6,bike,0,1,1
                6,car,1,9,1
                7,car,1,9,1
                7,train,0,9,
                8,,1,9,1
                """);
        assertThat(said.err()).startsWith("8 problems").contains("row 4 column chosen: does not have exactly one", "row 6 column w \"-1.0\"", "row 7 column n: is missing", "row 8 column chosen: is missing",
                "row 10 column t \"train\": leaves", "row 11 column mode \"bike\"", "row 14 column w: is missing", "row 15 column mode: is missing");
    }

    /// Rows leave by `filter` only, and how many it could not judge is said; an alternative nobody chose is said too.
    @Test
    void whatIsLeftOutIsSaid() throws IOException {
        String many = "choice,t1,t2,av,w,who,town\n" + String.join("", IntStream.range(0, 60).mapToObj(i -> (i * 7 % 3 == 0 ? 1 : 2) + "," + (i * 5 % 11) + "," + (i * 3 % 7) + ",1,1,a" + i + ",x\n").toList());
        CommandLines.Said said = run(SPEC.replace("weight: w", "filter: t1 > 0"), many.replace("\n1,5,", "\n1,NA,").replace("\n2,5,", "\n2,NA,"));
        assertThat(said.exit()).as(said.out() + said.err()).isZero();
        assertThat(said.out()).contains("could not be judged in some rows, which were left out. there are 6");
        CommandLines.Said never = run(SPEC.replace("parameters:", "  - {id: 3, name: bus, utility: b_time * t1 + asc * 0}\nparameters:"), many);
        assertThat(never.out()).as(never.err()).contains("\"bus\": is never chosen");
    }

    @Test
    void saysWhichCommand() {
        assertThat(CommandLines.run("choice").exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(CommandLines.run("choice", "fit", "--help").out()).contains("nests:").contains("docs/choice.md");
        assertThat(CommandLines.run("choice", "fit", "nowhere.yaml", "--lang", "en").err()).contains("nowhere.yaml: is missing");
    }
}
