package xiaxiang.engine.choice;

import java.util.List;

/// An expression taken apart. `at` is where it stands in the text, from 1.
sealed interface Tree {
    int at();

    record Figure(double value, int at) implements Tree {}

    record Text(String value, int at) implements Tree {}

    record Name(Expression.Name name) implements Tree {
        @Override
        public int at() {
            return name.at();
        }
    }

    /// One or two arguments, as the operation takes them; `depth` is how many operations stand one in another.
    record Apply(Operation operation, List<Tree> arguments, int at, int depth) implements Tree {
        static Apply of(Operation operation, int at, Tree... arguments) {
            int deepest = 0;
            for (Tree t : arguments) deepest = Math.max(deepest, t instanceof Apply a ? a.depth : 0);
            return new Apply(operation, List.of(arguments), at, deepest + 1);
        }
    }
}
