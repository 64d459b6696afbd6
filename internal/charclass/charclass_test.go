package charclass

import (
	"regexp"
	"testing"

	"github.com/wxgen/wxgen/wxpay/gen"
)

func TestParseClass(t *testing.T) {
	for pattern, want := range map[string]Class{
		"^[0-9A-Za-z_*-]{6,32}$": {"*0-9A-Z_a-z-", 6, 32},
		`^\d{11}$`:               {"0-9", 11, 11},
		`^[0-9]+$`:               {"0-9", 1, 0},
		`^[a-z]*$`:               {"a-z", 0, 0},
		`^[a-z]{2,}$`:            {"a-z", 2, 0},
		`^(\w{1,3})$`:            {"0-9A-Z_a-z", 1, 3},
		`^[ab]?$`:                {"ab", 0, 1},
		`^[abc]$`:                {"a-c", 1, 1},
		`^x+$`:                   {"x", 1, 0},
		`^.{1,64}$`:              {"", 1, 64},
		`^[\x{4e00}-\x{9fa5}]+$`: {"一-龥", 1, 0},
		`^[+-/]+$`:               {"+-/", 1, 0},
		`^[,-]+$`:                {",--", 1, 0},
		`^(?:A|B|-)+$`:           {"AB-", 1, 0},
	} {
		got, ok := Parse(pattern)
		if !ok || got != want {
			t.Errorf("%s: %+v %v, want %+v", pattern, got, ok, want)
			continue
		}
		agree(t, pattern, got)
	}
	for _, pattern := range []string{"", "[0-9]+", "^[0-9]+", "[0-9]+$", "^[A-Z]{3}[0-9]+$",
		"^[^a]+$", `^\S+$`, "^(1[0-5])[0-9]{16}$", "^(a|bc)$", "^abc$", "(?i)^a+$", "(", "^()$",
		"^$"} {
		if c, ok := Parse(pattern); ok {
			t.Errorf("%s: %+v, want none", pattern, c)
		}
	}
}

// agree compares a class with its pattern, character by character, in the runtime and in package
// regexp.
func agree(t *testing.T, pattern string, c Class) {
	t.Helper()
	re := regexp.MustCompile(`^(?:` + pattern[1:len(pattern)-1] + `)$`)
	for r := rune(' '); r < 0xa000; r++ {
		text := ""
		for range max(c.min, 1) {
			text += string(r)
		}
		var need gen.Required
		if need.Only("x", text, c.Chars); c.Chars != "" &&
			(need.Err("") == nil) != re.MatchString(text) {
			t.Fatalf("%s: %q is one of %q: %v", pattern, text, c.Chars, need.Err(""))
		}
	}
}
