// Package gen is the part of the runtime that generated code calls, and nobody else needs: the
// values of a call on their way to [wxpay.Client], and the walks through a request that check and
// seal it.
//
// It may change with any release that regenerated code follows; [Gen1] keeps older code from
// compiling beside it.
//
// Files use each other in this order only: call, query, limits, required, secrets, value.
//
// [wxpay.Client]: https://pkg.go.dev/github.com/wxgen/wxgen/wxpay#Client
package gen

// Gen1 is referred to by generated code: it fails to compile beside a runtime that lacks what it
// needs.
const Gen1 = true
