package diff

import (
	"github.com/wxgen/wxgen/internal/bundle"
)

// Change is one thing that changed.
type Change struct {
	// a program that worked may stop working; otherwise it is additive
	Breaking bool   `json:"breaking"`
	Side     string `json:"side"` // "wire" or "go"
	// "POST /v3/pay/transactions/jsapi", an event, or a Go package
	Where string `json:"where"`
	What  string `json:"what"` // in words
	// its place, "spec/v3/pay.yaml:12:5": in the new description, or in the old one if it is gone
	File string `json:"file,omitzero"`
}

// The sides of a change.
const (
	Wire = "wire"
	Go   = "go"
)

// Side is a description to compare.
type Side struct {
	Doc  *bundle.Doc
	Code map[string][]byte // the generated code
}

// rank orders breaking changes before others, and the wire before Go.
func rank(c Change) int {
	r := 0
	if !c.Breaking {
		r += 2
	}
	if c.Side == Go {
		r++
	}
	return r
}

// Breaking counts the breaking changes.
func Breaking(all []Change) (n int) {
	for _, c := range all {
		if c.Breaking {
			n++
		}
	}
	return n
}
