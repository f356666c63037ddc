/// What crosses several rooms: reading this folder tells the business.
@org.jspecify.annotations.NullMarked
package xiaxiang.app.flow;
