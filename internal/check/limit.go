package check

import (
	"fmt"
	"regexp"
	"strconv"

	"github.com/wxgen/wxgen/internal/charclass"
	"github.com/wxgen/wxgen/internal/source"
)

// limits checks each bound of a value, and its order with its counterpart.
func (c *checker) limits(v source.Node, t string, l label) {
	for _, pair := range [][2]string{{"minLength", "maxLength"}, {"minItems", "maxItems"}} {
		c.ordered(v, pair[0], pair[1], l)
		if most := v.Get(pair[1]); isCount(most) && most.Text() == "0" {
			c.fault(most, l, pair[1]+" 0 leaves nothing to send", "remove it")
		}
	}
	c.ordered(v, "minimum", "maximum", l)
	for _, key := range []string{"minimum", "maximum"} {
		c.bound(v.Get(key), key, t, l)
	}
	c.pattern(v, l)
	if t == "string" {
		c.lengthUnit(v, l)
		c.ciphertext(v, l)
	}
	if v.Get("format").Text() == "binary" {
		for _, key := range []string{"minLength", "maxLength", "pattern"} {
			if k := v.Key(key); k.OK() {
				c.fault(k, l, key+" has no meaning for a file", "remove it")
			}
		}
	}
}

// pattern checks that Go accepts a regular expression, and that some text of the allowed lengths
// can match it.
func (c *checker) pattern(v source.Node, l label) {
	p := v.Get("pattern")
	if !p.IsString() {
		return
	}
	if _, err := regexp.Compile(p.Text()); err != nil {
		c.fault(p, l, fmt.Sprintf("pattern %q is no regular expression", source.Clip(p.Text())),
			"write it without lookaround and backreferences, and close every bracket")
	}
	class, ok := charclass.Parse(p.Text())
	if low, high := class.Within(source.Count(v, "minLength"), source.Count(v, "maxLength")); ok &&
		low > high && high > 0 && !v.Has("x-wxpay-length") {
		c.fault(p, l, fmt.Sprintf("pattern %q and minLength, maxLength leave no length",
			source.Clip(p.Text())), "correct one")
	}
}

// ordered reports a lower bound above the upper one.
func (c *checker) ordered(v source.Node, lower, upper string, l label) {
	low, ok := finite(v.Get(lower))
	high, both := finite(v.Get(upper))
	if ok && both && low > high {
		c.fault(v.Get(lower), l, fmt.Sprintf("%s %s is above %s %s", lower, v.Get(lower).Text(),
			upper, v.Get(upper).Text()), "no value satisfies both; correct one")
	}
}

// bound checks the minimum or maximum of a number. The bound of an integer is an integer.
func (c *checker) bound(v source.Node, key, t string, l label) {
	if !v.IsScalar() || v.YAML.Tag != "!!int" && v.YAML.Tag != "!!float" {
		return // scalar has reported it
	}
	if _, ok := finite(v); !ok {
		c.fault(v, l, fmt.Sprintf("%s %s is not finite", key, source.Clip(v.Text())), "remove it")
		return
	}
	if _, err := strconv.ParseInt(fmt.Sprint(source.Number(v.Text())), 10, 64); err != nil &&
		t == "integer" {
		c.fault(v, l, fmt.Sprintf("%s %s of an integer", key, source.Clip(v.Text())),
			"write a whole number of 64 bits")
	}
}

// lengthUnit checks x-wxpay-length, the unit of minLength and maxLength if that is not the
// characters sent.
func (c *checker) lengthUnit(v source.Node, l label) {
	k, unit := v.Entry("x-wxpay-length")
	secret := v.Is("x-wxpay-sensitive")
	switch {
	case !unit.IsString():
	case !v.Has("minLength") && !v.Has("maxLength"):
		c.fault(k, l, "x-wxpay-length without minLength or maxLength", "remove it")
	case unit.Text() == "bytes" && !secret || unit.Text() == "clear" && secret:
	case unit.Text() == "bytes":
		c.fault(unit, l, "x-wxpay-length bytes on a sensitive string",
			"remove it: ciphertext is ASCII")
	case unit.Text() == "clear":
		c.fault(unit, l, "x-wxpay-length clear on a string that is not sensitive", "remove it")
	default:
		c.fault(unit, l, fmt.Sprintf("unknown x-wxpay-length %q", source.Clip(unit.Text())),
			"write bytes where bytes are counted, or clear where the limit of a sensitive string "+
				"is that of its clear text")
	}
}

// ciphertextLength is the base64 length of one block of RSA-2048, the smallest key of WeChat Pay.
const ciphertextLength = 344

// ciphertext refuses a limit that is too small for any ciphertext.
func (c *checker) ciphertext(v source.Node, l label) {
	most := v.Get("maxLength")
	if v.Is("x-wxpay-sensitive") && isCount(most) &&
		source.Count(v, "maxLength") < ciphertextLength &&
		v.Get("x-wxpay-length").Text() != "clear" {
		c.fault(most, l, fmt.Sprintf("maxLength %s of ciphertext, which has %d characters or more",
			most.Text(), ciphertextLength),
			"write x-wxpay-length: clear if it is that of the clear text, or remove it")
	}
}
