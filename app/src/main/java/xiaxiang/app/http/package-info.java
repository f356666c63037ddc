/// The HTTP interface, version 1: what each address takes and gives. Business is done in app.flow and the rooms; here are shapes, rights and refusals.
@NullMarked
package xiaxiang.app.http;

import org.jspecify.annotations.NullMarked;
