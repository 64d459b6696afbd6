package load

import (
	"fmt"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/wxgen/wxgen/internal/route"
)

// document checks what the keys of a document alone do not tell.
func (c *checker) document(v view, l label) {
	if version := v.get("openapi"); version.isString() && !strings.HasPrefix(version.text(), "3.1.") {
		c.fault(version, l, fmt.Sprintf("OpenAPI %s", clip(version.text())), "write 3.1.0")
	}
	info := v.get("info")
	for _, key := range []string{"title", "version"} {
		if !info.has(key) {
			at := v
			if k := v.key("info"); k.ok() {
				at = k
			}
			c.fault(at, l, "no info."+key, fmt.Sprintf("write info: {title: …, version: %q}", "3"))
			break
		}
	}
	c.eventKeys(v)
	for k := range v.get("paths").entries() {
		if k.cut() {
			continue
		}
		if fault, mend := badPath(k.text()); fault != "" {
			c.faults.at(k, fmt.Sprintf("path %s: %s", clip(k.text()), fault), mend)
		}
	}
}

// badPath says what is wrong with a path template.
func badPath(path string) (fault, mend string) {
	space, rest, ok := route.Split(path)
	if !ok {
		return "does not begin with " + route.Known() + " and a segment", "write the path as it is sent"
	}
	if i := strings.IndexFunc(path, func(r rune) bool { return !sendable(r) }); i >= 0 {
		r, _ := utf8.DecodeRuneInString(path[i:])
		return fmt.Sprintf("holds %q", r), "write letters, digits and hyphens; what varies is a {parameter}, and a query goes under parameters"
	}
	segments := strings.Split(strings.TrimSuffix(rest, "/"), "/")
	seen := map[string]bool{}
	for i, s := range segments {
		name, param := parameterOf(s)
		switch {
		case s == "" || s == "." || s == "..":
			return fmt.Sprintf("has the segment %q", s), ""
		case !param && strings.ContainsAny(s, "{}"):
			return fmt.Sprintf("has the segment %q", s), "a segment is a word, or one {parameter}"
		case param && i == 0:
			return "begins with a parameter", "the first segment after /" + space + " names the service"
		case param && seen[name]:
			return fmt.Sprintf("has {%s} twice", name), "tell them apart"
		}
		seen[name] = param
	}
	return "", ""
}

// sendable reports whether a character of a path is sent as it is signed.
func sendable(r rune) bool {
	return alphanumeric(r) || strings.ContainsRune("/-_.~{}:@!$&'()*+,;=", r)
}

func alphanumeric(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
}

// parameterOf returns the name in "{name}".
func parameterOf(segment string) (string, bool) {
	name, ok := strings.CutPrefix(segment, "{")
	if !ok || !strings.HasSuffix(name, "}") {
		return "", false
	}
	name = name[:len(name)-1]
	return name, name != "" && !strings.ContainsAny(name, "{}")
}

// server checks that a server is an absolute URL that paths can follow.
func (c *checker) server(v view, l label) {
	at := v.get("url")
	if !at.ok() {
		c.fault(v, l, "a server without url", "")
		return
	}
	u, err := url.Parse(at.text())
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		c.fault(at, l, fmt.Sprintf("server %q is no absolute URL", clip(at.text())), `write one like "https://apihk.mch.weixin.qq.com"`)
		return
	}
	c.elsewhere(at, u, l)
}
