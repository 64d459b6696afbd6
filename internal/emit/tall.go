package emit

import (
	"unicode/utf8"

	"github.com/dave/jennifer/jen"
)

// maxLine is the length of a line of code, in bytes. Only an address may make a line longer.
const maxLine = 160

// tall prints parameters, arguments or results in brackets, on lines of their own.
func tall(lines ...jen.Code) *jen.Statement {
	return jen.Custom(jen.Options{Open: "(", Close: ")", Separator: ",", Multi: true}, lines...)
}

// listed prints arguments in brackets, each on a line of its own if they do not fit on the line
// behind so many bytes.
func listed(behind int, arguments ...jen.Code) *jen.Statement {
	if behind+length(arguments...) > maxLine {
		return tall(arguments...)
	}
	return jen.Params(arguments...)
}

// length is the length of arguments on one line, in bytes.
func length(arguments ...jen.Code) int { return len(jen.Id("f").Call(arguments...).GoString()) }

// maxText is the length of a piece of text in Go, in bytes.
const maxText = 100

// quoted prints a string, in several pieces if it is long.
func quoted(s string) *jen.Statement {
	text := jen.Null()
	for len(s) > maxText {
		end := maxText
		for end > 0 && !utf8.RuneStart(s[end]) {
			end--
		}
		if end == 0 {
			break // no UTF-8
		}
		text.Lit(s[:end]).Op("+").Line()
		s = s[end:]
	}
	return text.Lit(s)
}
