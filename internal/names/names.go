package names

import (
	"fmt"
	"go/token"
	"go/types"
	"strings"
)

// Exported returns the exported Go name of a wire name, whatever its spelling:
// "pre-order-with-auth", "out_trade_no", "payAuthNo", "LONG_TERM_EMPLOYMENT",
// "TRANSACTION.SUCCESS". It leaves its own results as they are.
func Exported(wire string) (string, error) {
	name, err := spell(wire)
	if err != nil {
		return "", err
	}
	if name[0] < 'A' || name[0] > 'Z' {
		return "", fmt.Errorf("%q makes no Go name, for it starts with a digit", wire)
	}
	return name, nil
}

// Unexported returns a Go name for an argument or a struct field of generated code: never a
// keyword, a predeclared identifier, or a name that generated code uses itself.
func Unexported(wire string) (string, error) {
	exported, err := Exported(wire)
	if err != nil {
		return "", err
	}
	words := split(exported)
	words[0] = strings.ToLower(words[0])
	name := strings.Join(words, "")
	if taken(name) {
		name += "Value"
	}
	return name, nil
}

// special are package names with another meaning for the go command.
var special = map[string]bool{"documentation": true, "init": true, "internal": true, "main": true,
	"testdata": true, "vendor": true}

// Device reports whether Windows takes a name for a device, whatever follows a dot. The go command
// refuses such files and folders on every system.
func Device(name string) bool {
	name, _, _ = strings.Cut(strings.ToLower(name), ".")
	switch name {
	case "con", "prn", "aux", "nul":
		return true
	}
	return len(name) == 4 && (strings.HasPrefix(name, "com") || strings.HasPrefix(name, "lpt")) &&
		name[3] >= '1' && name[3] <= '9'
}

// Constant returns the name of an enum constant: the type's name followed by the value. A value
// without words, such as "+" or Chinese text, is an error.
func Constant(typ, value string) (string, error) {
	name, err := spell(value)
	if err != nil {
		return "", err
	}
	return typ + name, nil
}

// Package returns the name of the Go package for a path segment: lower case, letters and digits
// only.
func Package(segment string) (string, error) {
	name, err := Exported(segment)
	if err != nil {
		return "", err
	}
	name = strings.ToLower(name)
	if taken(name) || special[name] || Device(name) {
		name += "api"
	}
	return name, nil
}

// own are the identifiers that generated code itself uses.
var own = map[string]bool{
	"c": true, "p": true, "r": true, "s": true, "q": true, "v": true, "ctx": true, "req": true,
	"opts": true, "call": true,
	"resp": true, "dst": true, "err": true, "need": true, "wxpay": true, "gen": true,
	"context": true, "json": true, "io": true,
}

func taken(name string) bool {
	return own[name] || token.IsKeyword(name) || types.Universe.Lookup(name) != nil
}

// spell joins the Go spelling of the words of a name. Joined capitals may split differently the
// next time ("x_id" makes XID, which reads as one word), so it repeats until the name no longer
// changes.
func spell(wire string) (string, error) {
	if err := check(wire); err != nil {
		return "", err
	}
	name := wire
	for range 8 {
		next := strings.Join(split(name), "")
		if next == name {
			return name, nil
		}
		name = next
	}
	return "", fmt.Errorf("%q makes no stable Go name", wire)
}

// maxLength is longer than any readable name.
const maxLength = 200

func check(wire string) error {
	if len(wire) > maxLength {
		return fmt.Errorf("%q… makes no Go name, for it is longer than %d bytes", wire[:20],
			maxLength)
	}
	some := false
	for _, r := range wire {
		switch {
		case isLetter(r) || isDigit(r):
			some = true
		case !strings.ContainsRune(separators, r):
			return fmt.Errorf("%q makes no Go name, for it holds %q", wire, r)
		}
	}
	if !some {
		return fmt.Errorf("%q makes no Go name, for it has neither letters nor digits", wire)
	}
	return nil
}
