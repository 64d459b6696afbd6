package source

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/fault"
)

// Parse reads the one document of a file. The fault has no file name.
func Parse(text []byte) (*yaml.Node, *fault.Fault) {
	if flaw := odd(text); flaw != nil {
		return nil, flaw
	}
	loader, err := yaml.NewLoader(bytes.NewReader(text))
	if err != nil {
		return nil, syntax(text, err)
	}
	var doc, next yaml.Node
	switch err := loader.Load(&doc); {
	case errors.Is(err, io.EOF):
		return nil, &fault.Fault{What: "an empty file", Mend: "remove it"}
	case err != nil:
		return nil, syntax(text, err)
	}
	switch err := loader.Load(&next); {
	case err == nil:
		return nil, faultAt(next.Line, next.Column, "a second document in one file",
			"keep one description per file")
	case !errors.Is(err, io.EOF):
		return nil, syntax(text, err)
	}
	return &doc, nil
}

func faultAt(line, col int, what, mend string) *fault.Fault {
	return &fault.Fault{Line: line, Col: col, What: what, Mend: mend}
}

func syntax(text []byte, err error) *fault.Fault {
	flaw := &fault.Fault{Line: 1, Col: 1, What: "not YAML: " + err.Error(),
		Mend: "look for indentation, quotes and brackets, there and above"}
	load, ok := errors.AsType[*yaml.LoadError](err)
	if !ok {
		return flaw
	}
	flaw.What = "not YAML: " + strings.TrimPrefix(load.Message, "yaml: ")
	if load.Mark.Line > 0 {
		flaw.Line, flaw.Col = load.Mark.Line, max(load.Mark.Column, 1)
	}
	lines := bytes.Split(bytes.TrimSuffix(text, []byte("\n")), []byte("\n"))
	if last := len(lines); flaw.Line > last { // the parser counts past the end
		flaw.Line, flaw.Col = last, 1+utf8.RuneCount(bytes.TrimSuffix(lines[last-1], []byte("\r")))
	}
	return flaw
}

// odd finds bytes that are not UTF-8, and characters that readers do not see: control characters,
// and characters that turn the direction of writing.
func odd(text []byte) *fault.Fault {
	if ascii(text) {
		return nil
	}
	line, start := 1, 0
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRune(text[at:])
		switch {
		case r == '\n':
			line, start = line+1, at+1
		case r == '\uFEFF' && at == 0: // a byte order mark
			start = size
		case r == utf8.RuneError && size == 1:
			return faultAt(line, 1+utf8.RuneCount(text[start:at]),
				fmt.Sprintf("a byte that is no UTF-8, %#02x", text[at]), "save the file as UTF-8")
		case Hidden(r):
			return faultAt(line, 1+utf8.RuneCount(text[start:at]),
				fmt.Sprintf("the character %U, which nobody sees", r), "remove it")
		}
		at += size
	}
	return nil
}

// ascii reports whether a text has only printable ASCII, as most of some files has.
func ascii(text []byte) bool {
	for _, c := range text {
		if c >= utf8.RuneSelf || c < ' ' && c != '\n' && c != '\t' && c != '\r' || c == 0x7F {
			return false
		}
	}
	return true
}

// Hidden reports whether a character is a control character other than line ends and tabs, or turns
// the direction of writing.
func Hidden(r rune) bool {
	switch {
	case r == '\n' || r == '\r' || r == '\t':
		return false
	case r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069, r == 0x200E, r == 0x200F,
		r == 0x061C, r == 0xFEFF:
		return true
	}
	return unicode.IsControl(r)
}
