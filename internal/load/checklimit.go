package load

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
)

// limits checks the bounds of a value, each by itself and against its counterpart.
func (c *checker) limits(v view, t string, l label) {
	for _, pair := range [][2]string{{"minLength", "maxLength"}, {"minItems", "maxItems"}} {
		c.ordered(v, pair[0], pair[1], l)
		if most := v.get(pair[1]); isCount(most) && most.text() == "0" {
			c.fault(most, l, pair[1]+" 0 leaves nothing to send", "remove it")
		}
	}
	c.ordered(v, "minimum", "maximum", l)
	for _, key := range []string{"minimum", "maximum"} {
		c.bound(v.get(key), key, t, l)
	}
	c.pattern(v, l)
	if t == "string" {
		c.lengthUnit(v, l)
		c.ciphertext(v, l)
	}
	if v.get("format").text() == "binary" {
		for _, key := range []string{"minLength", "maxLength", "pattern"} {
			if k := v.key(key); k.ok() {
				c.fault(k, l, key+" has no meaning for a file", "remove it")
			}
		}
	}
}

// pattern checks that Go takes a regular expression, and that the lengths beside it leave something to match.
func (c *checker) pattern(v view, l label) {
	p := v.get("pattern")
	if !p.isString() {
		return
	}
	if _, err := regexp.Compile(p.text()); err != nil {
		c.fault(p, l, fmt.Sprintf("pattern %q is no regular expression", clip(p.text())), "write it without lookaround and backreferences, and close every bracket")
	}
	class, ok := parseClass(p.text())
	if low, high := class.within(count(v, "minLength"), count(v, "maxLength")); ok && low > high && high > 0 && !v.has("x-wxpay-length") {
		c.fault(p, l, fmt.Sprintf("pattern %q and minLength, maxLength leave no length", clip(p.text())), "correct one")
	}
}

// ordered reports a lower bound above the upper one.
func (c *checker) ordered(v view, lower, upper string, l label) {
	low, ok := finite(v.get(lower))
	high, both := finite(v.get(upper))
	if ok && both && low > high {
		c.fault(v.get(lower), l, fmt.Sprintf("%s %s is above %s %s", lower, v.get(lower).text(), upper, v.get(upper).text()), "no value satisfies both; correct one")
	}
}

// finite returns a number, if v is one that JSON can write.
func finite(v view) (float64, bool) {
	if !v.isScalar() || v.n.Tag != "!!int" && v.n.Tag != "!!float" {
		return 0, false
	}
	f, err := strconv.ParseFloat(fmt.Sprint(number(v.text())), 64)
	return f, err == nil && !math.IsInf(f, 0) && !math.IsNaN(f)
}

// bound checks the minimum or maximum of a number. That of an integer is one.
func (c *checker) bound(v view, key, t string, l label) {
	if !v.isScalar() || v.n.Tag != "!!int" && v.n.Tag != "!!float" {
		return // scalar has reported it
	}
	if _, ok := finite(v); !ok {
		c.fault(v, l, fmt.Sprintf("%s %s is not finite", key, clip(v.text())), "remove it")
		return
	}
	if _, err := strconv.ParseInt(fmt.Sprint(number(v.text())), 10, 64); err != nil && t == "integer" {
		c.fault(v, l, fmt.Sprintf("%s %s of an integer", key, clip(v.text())), "write a whole number of 64 bits")
	}
}

// lengthUnit checks x-wxpay-length, which says what minLength and maxLength count where that is not the characters sent.
func (c *checker) lengthUnit(v view, l label) {
	k, unit := v.entry("x-wxpay-length")
	secret := v.is("x-wxpay-sensitive")
	switch {
	case !unit.isString():
	case !v.has("minLength") && !v.has("maxLength"):
		c.fault(k, l, "x-wxpay-length without minLength or maxLength", "remove it")
	case unit.text() == "bytes" && !secret || unit.text() == "clear" && secret:
	case unit.text() == "bytes":
		c.fault(unit, l, "x-wxpay-length bytes on a sensitive string", "remove it: ciphertext is ASCII")
	case unit.text() == "clear":
		c.fault(unit, l, "x-wxpay-length clear on a string that is not sensitive", "remove it")
	default:
		c.fault(unit, l, fmt.Sprintf("unknown x-wxpay-length %q", clip(unit.text())), "write bytes where bytes are counted, or clear where the limit of a sensitive string is that of its clear text")
	}
}

// ciphertextLength is the base64 of one block of RSA-2048, the smallest key that WeChat Pay has.
const ciphertextLength = 344

// ciphertext refuses a limit that no ciphertext keeps.
func (c *checker) ciphertext(v view, l label) {
	most := v.get("maxLength")
	if v.is("x-wxpay-sensitive") && isCount(most) && count(v, "maxLength") < ciphertextLength && v.get("x-wxpay-length").text() != "clear" {
		c.fault(most, l, fmt.Sprintf("maxLength %s of ciphertext, which has %d characters or more", most.text(), ciphertextLength),
			"write x-wxpay-length: clear if it is that of the clear text, or remove it")
	}
}
