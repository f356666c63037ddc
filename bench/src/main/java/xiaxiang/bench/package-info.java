/// Measures the product against its aims; what it prints is recorded in bench/results.
@org.jspecify.annotations.NullMarked
package xiaxiang.bench;
