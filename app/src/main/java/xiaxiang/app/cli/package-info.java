/// The command line: words in, tables, files and exit codes out.
@org.jspecify.annotations.NullMarked
package xiaxiang.app.cli;
