package e2e

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/generated/wechatpay"
	"github.com/wxgen/wxgen/internal/brief"
	"github.com/wxgen/wxgen/internal/rawspec"
	"github.com/wxgen/wxgen/wxpay"
)

// A breach breaks one limit or choice of a message that otherwise keeps all.
type breach struct {
	fault  string // the fault that Validate reports
	apply  func()
	revert func()
}

// breaker collects all ways to break a message.
type breaker struct{ found []breach }

// TestLimits breaks every limit and choice of every operation, one after the other. Validate names
// the place and the fault and nothing else, and nothing is sent. The first breach of each operation
// is sent without validation, and the server refuses it.
func TestLimits(t *testing.T) {
	if brief.Run() {
		t.Skip("it makes thousands of calls one after the other")
	}
	d, err := described()
	if err != nil {
		t.Fatal(err)
	}
	s := newServer(t)
	broken := 0
	for _, name := range slices.Sorted(maps.Keys(d.routes)) {
		op, route := d.ops[name], d.routes[name]
		if op == nil || route.op.Request == nil {
			continue
		}
		broken += breakEach(t, s, op, route)
	}
	if t.Logf("%d limits and choices", broken); broken == 0 {
		t.Error("the description has no limit to break")
	}
}

// breakEach breaks the limits and choices of one operation, and returns how many it has.
func breakEach(t *testing.T, s *server, op *rawspec.Operation, r *route) int {
	t.Helper()
	client := clientOf(t, s, op.Service())
	k := &maker{sampler: sampler{everything: true}}
	m, err := k.newMessage(op)
	if err != nil {
		t.Fatal(err)
	}
	faults := func() []string {
		s.expect(&reply{status: 204})
		res, err := r.call(context.Background(), client, m)
		if err != nil {
			t.Fatalf("%s: %v", op.Name, err)
		}
		return faultsOf(res.err)
	}
	usual := faults() // a message with all fields breaks choices of exactly one
	breaks := breaksOf(op, m)
	for i, b := range breaks {
		b.apply()
		got := faults()
		sent := len(s.saw())
		if i == 0 {
			s.hold(op)
			res, err := r.call(t.Context(), client, m, wxpay.WithoutValidation())
			s.hold(nil)
			if err != nil || !refusedFor(res.err, "PARAM_ERROR") {
				t.Errorf("%s, without validation: the server did not mind %s: %v %v", op.Name,
					b.fault, err, res.err)
			}
		}
		b.revert()
		if !slices.Contains(got, b.fault) {
			t.Errorf("%s: %q, wanted %s", op.Name, got, b.fault)
		}
		for _, fault := range got {
			if !slices.Contains(usual, fault) && !sameField(fault, b.fault) {
				t.Errorf("%s: %s beside %s", op.Name, fault, b.fault)
			}
		}
		if sent > 0 {
			t.Errorf("%s was sent in spite of %s", op.Name, b.fault)
		}
	}
	return len(breaks)
}

// refusedFor reports whether an error is a refusal with that code.
func refusedFor(err error, code string) bool {
	refused, ok := errors.AsType[*wxpay.Error](err)
	return ok && refused.Code == code
}

func faultsOf(err error) (texts []string) {
	var invalid *wxpay.InvalidError
	if errors.As(err, &invalid) {
		for _, f := range invalid.Faults {
			texts = append(texts, f.String())
		}
	}
	return texts
}

// sameField reports whether a fault is at the place of another, or below it.
func sameField(fault, wanted string) bool {
	at, _, _ := strings.Cut(wanted, ":")
	if !strings.HasPrefix(fault, at) {
		return strings.Contains(wanted, " or ") // others may miss the removed fields
	}
	return strings.HasPrefix(strings.TrimPrefix(fault, at), ":") ||
		strings.ContainsAny(fault[len(at):len(at)+1], ".[")
}

// breaksOf returns the breaches of all values in the message.
func breaksOf(op *rawspec.Operation, m *message) []breach {
	b := new(breaker)
	for _, p := range op.Parameters {
		name := p.At("name").Text()
		group := map[string]map[string]any{"query": m.query, "header": m.header}[p.At("in").Text()]
		if value, ok := group[name]; ok {
			b.value(name, p.At("schema"), value, p.At("required").Is("true"), func(v any) {
				group[name] = v
			})
		}
	}
	b.choices("", op.View, m.query)
	at, schema := "", op.Schema
	_, object := m.body.(map[string]any)
	switch {
	case m.upload:
		at, schema = "meta", schema.At("properties", "meta")
	case !object:
		at = "body" // the whole body has no name on the wire; Go calls it body
	}
	b.value(at, schema, m.body, true, func(v any) { m.body = v })
	return b.found
}

// value breaks the limits of one value, and of the values in it. Set replaces it in the message.
func (b *breaker) value(at string, v rawspec.View, value any, required bool, set func(any)) {
	add := func(problem string, instead any) {
		b.found = append(b.found, breach{at + ": " + problem, func() { set(instead) }, func() {
			set(value)
		}})
	}
	switch d := value.(type) {
	case inString:
		b.value(at, v.At("contentSchema"), d.value, required, func(inner any) {
			set(inString{inner})
		})
	case string:
		if !v.At("format").Is("date-time") {
			texts(v, func(problem, text string) { add(problem, text) })
		}
	case secret:
		if v.At("x-wxpay-length").Is("clear") {
			texts(v, func(problem, text string) { add(problem, secret(text)) })
		}
	case json.Number:
		numbers(v, required, add)
	case []any:
		b.list(at, v, d, required, add)
	case map[string]any:
		b.object(at, v, d)
	}
}

// simple matches patterns of one class of characters, which need no regular expression.
var simple = regexp.MustCompile(`^\^(\[[^\]^]+\]|\\[dw])([*+]|\{\d+(,\d*)?\})?\$$`)

// texts makes texts that are too long, too short or have other characters.
func texts(v rawspec.View, add func(problem, text string)) {
	unit := "张"
	if v.At("x-wxpay-length").Is("bytes") {
		unit = "x"
	}
	spell := func(text, bound string, limit int) {
		n, things := measure(v, text)
		if n != 1 {
			things += "s"
		}
		add(fmt.Sprintf("%d %s; at %s %d", n, things, bound, limit), text)
	}
	if high, ok := v.Bound("maxLength"); ok {
		spell(strings.Repeat(unit, high+1), "most", high)
	}
	if low, ok := v.Bound("minLength"); ok && low > 1 {
		spell(strings.Repeat(unit, low-1), "least", low)
	}
	if simple.MatchString(v.At("pattern").Text()) {
		low, _ := v.Bound("minLength")
		add("a character other than "+spelt(v.At("pattern").Text()),
			strings.Repeat("\x01", max(low, 1)))
	}
}

// spelt is the class of a simple pattern in the runtime's spelling: its characters in order.
func spelt(pattern string) string {
	re := regexp.MustCompile("^" + simple.FindStringSubmatch(pattern)[1] + "$")
	var b strings.Builder
	hyphen := ""
	for r := rune(0); r < 0xffff; r++ {
		if !re.MatchString(string(r)) {
			continue
		}
		last := r
		for re.MatchString(string(last + 1)) {
			last++
		}
		switch {
		case r == '-' && last == '-':
			hyphen = "-"
		case last == r || last == r+1 && last != '-' && r != '-':
			b.WriteString(strings.TrimSuffix(string(r)+string(last),
				map[bool]string{true: string(last)}[last == r]))
		default:
			b.WriteString(string(r) + "-" + string(last))
		}
		r = last
	}
	return b.String() + hyphen
}

// numbers makes numbers that are too small or too large. An optional 0 without a pointer is not
// sent.
func numbers(v rawspec.View, required bool, add func(problem string, instead any)) {
	for key, by := range map[string]float64{"minimum": -1, "maximum": 1} {
		bound, err := strconv.ParseFloat(v.At(key).Text(), 64)
		if err != nil || bound+by == 0 && !required && v.At("x-go-pointer").Is("false") {
			continue
		}
		text := strconv.FormatFloat(bound, 'f', -1, 64)
		problem := map[string]string{"minimum": "too small; at least ",
			"maximum": "too large; at most "}[key] + text
		add(problem, json.Number(strconv.FormatFloat(bound+by, 'f', -1, 64)))
	}
}

// list makes lists that are too short or too long, and breaks each kind of element once.
func (b *breaker) list(at string, v rawspec.View, list []any, required bool,
	add func(problem string, instead any)) {
	if high, ok := v.Bound("maxItems"); ok && len(list) > 0 {
		long := slices.Clone(list)
		for len(long) <= high {
			long = append(long, list[0])
		}
		add(fmt.Sprintf("%d items; at most %d", high+1, high), long[:high+1])
	}
	if low, ok := v.Bound("minItems"); ok && low > 0 && len(list) >= low {
		problem := fmt.Sprintf("%d %s; at least %d", low-1,
			map[bool]string{true: "item", false: "items"}[low == 2], low)
		if low == 1 && required {
			problem = "required but not set"
		}
		add(problem, list[:low-1])
	}
	for i, item := range list {
		b.value(fmt.Sprintf("%s[%d]", at, i), v.At("items"), item, true, func(v any) {
			list[i] = v
		})
	}
}

func (b *breaker) object(at string, v rawspec.View, doc map[string]any) {
	required := v.At("required").Texts()
	b.choices(at, v, doc)
	for _, name := range slices.Sorted(maps.Keys(doc)) {
		schema := v.At("properties", name)
		if !schema.Exists() {
			schema = v.At("additionalProperties")
		}
		b.value(below(at, name), schema, doc[name], slices.Contains(required, name), func(v any) {
			doc[name] = v
		})
	}
}

// choices removes all fields of a choice, and sets all of them.
func (b *breaker) choices(at string, v rawspec.View, doc map[string]any) {
	for _, c := range v.Choices() {
		names := make([]string, len(c.Branches))
		for i, branch := range c.Branches {
			paths := make([]string, len(branch))
			for j, name := range branch {
				paths[j] = below(at, name)
			}
			names[i] = strings.Join(paths, " with ")
		}
		last := len(names) - 1
		who := strings.Join(names[:last], ", ") + " or " + names[last]
		taken := map[string]any{}
		b.found = append(b.found, breach{who + ": one of them is required", func() {
			for _, name := range slices.Concat(c.Branches...) {
				if value, ok := doc[name]; ok {
					taken[name] = value
					delete(doc, name)
				}
			}
		}, func() { maps.Copy(doc, taken) }})
		if c.Exactly {
			b.found = append(b.found,
				breach{who + ": only one of them may be set", func() {}, func() {}})
		}
	}
}

// TestValidateDoesNotAllocate validates a request of every operation that keeps all its limits.
func TestValidateDoesNotAllocate(t *testing.T) {
	d, err := described()
	if err != nil {
		t.Fatal(err)
	}
	client := newClient(t, newServer(t))
	for _, name := range slices.Sorted(maps.Keys(d.routes)) {
		op, route := d.ops[name], d.routes[name]
		if op == nil || route.op.Request == nil || !route.op.Request.Checks ||
			route.op.Upload != nil {
			continue
		}
		req, err := requestOf(client, op, route)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if n := testing.AllocsPerRun(5, func() {
			if err := req.Validate(); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}); n != 0 {
			t.Errorf("%s: Validate allocates %v times", name, n)
		}
	}
}

// requestOf fills a request with every field.
func requestOf(client *wechatpay.Client, op *rawspec.Operation,
	r *route) (interface{ Validate() error }, error) {
	m, err := new(maker).newMessage(op)
	if err != nil {
		return nil, err
	}
	method, err := r.method(client, m)
	if err != nil {
		return nil, err
	}
	req := reflect.New(method.Type().In(1)).Elem()
	if err := r.fillRequest(req, m); err != nil {
		return nil, err
	}
	return req.Interface().(interface{ Validate() error }), nil
}
