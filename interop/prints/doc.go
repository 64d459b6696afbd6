// Package prints tests package wxpay with common libraries for printing and encoding: none of them
// shows a key, clear text or the body of a reply, wherever a value of wxpay is kept. It has a
// go.mod of its own, so that users of wxgen do not depend on them.
package prints
