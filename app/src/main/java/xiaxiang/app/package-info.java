/// The edge: the only module that knows a person or a framework.
@org.jspecify.annotations.NullMarked
package xiaxiang.app;
