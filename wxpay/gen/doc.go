// Package gen is the part of the runtime for generated code alone: the values of a call for
// [wxpay.Client], and the walks through a request that check and seal it.
//
// It may change with any release that regenerated code follows; [Gen1] keeps older code from
// compiling beside it.
//
// Files use each other in this order only: call, query, limits, required, secrets, value.
//
// [wxpay.Client]: https://pkg.go.dev/github.com/wxgen/wxgen/wxpay#Client
package gen

// Generated code refers to Gen1, so that it does not compile beside a runtime without the functions
// that it needs.
const Gen1 = true
