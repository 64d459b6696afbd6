// Package prints holds package wxpay against the libraries that people print and encode with: none
// of them shows a key, clear text or the body of a reply, in whatever a value of ours is kept. It
// has a go.mod of its own, so that nobody who uses wxgen depends on them.
package prints
