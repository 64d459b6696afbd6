// Package known looks up the facts of a description by name: sealed fields, the fields of objects,
// and the requests and replies of operations. They complete pages that lost such facts.
//
// Files use each other in this order only: collect, known.
package known
