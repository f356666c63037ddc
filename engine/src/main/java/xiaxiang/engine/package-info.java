/// Pure mathematics: no I/O, clock, log, SQL, nor a random seed of its own.
@org.jspecify.annotations.NullMarked
package xiaxiang.engine;
