package wxpay_test

import (
	"bytes"
	"encoding/base64"
	"encoding/gob"
	"encoding/json"
	"encoding/xml"
	"errors"
	"expvar"
	"fmt"
	"log"
	"log/slog"
	"strings"
	"testing"
	"text/template"

	"github.com/wxgen/wxgen/wxpay"
)

// printed are the values with contents that must not be printed.
type printed struct {
	client  *wxpay.Client
	config  wxpay.Config
	err     *wxpay.Error
	panic   *wxpay.PanicError
	event   *wxpay.Event
	clear   wxpay.Secret
	opened  wxpay.Secret
	secrets []string // texts that must not appear in any form
}

func newPrinted(t testing.TB) *printed {
	t.Helper()
	p := newPlatform(t, func(_ request, out *reply) {
		out.status, out.body = 400,
			[]byte(`{"code":"PARAM_ERROR","message":"m","detail":{"field":"/user_name","value":"`+
				clearText+`","issue":"bad"}}`)
	})
	c := p.client(wxpay.WithCertificates())
	v := &printed{client: c, config: testConfig(), clear: wxpay.NewSecret(clearText),
		panic: newPanic(clearText)}
	_, err := getOrder(t.Context(), c, "1")
	if !errors.As(err, &v.err) {
		t.Fatal(err)
	}
	header, body := newNotification("TRANSACTION.SUCCESS", `{"payer":"`+clearText+`"}`).sign()
	if v.event, err = c.ParseNotification(t.Context(), header, body); err != nil {
		t.Fatal(err)
	}
	sealed := sealFor(t, &merchantKey().PublicKey, clearText)
	if v.opened, err = c.Decrypt(sealed); err != nil {
		t.Fatal(err)
	}
	words := fmt.Sprint(merchantKey().D.Bits())
	v.secrets = append(everyForm(clearText), everyForm(apiV3Key)...)
	v.secrets = append(v.secrets, merchantKey().D.String(), fmt.Sprintf("%x", merchantKey().D),
		words[1:40],
		v.err.Header().Get("Wechatpay-Signature"), merchantKey().Primes[0].String())
	return v
}

// newPanic returns the error of a future whose function panicked with v.
func newPanic(v any) *wxpay.PanicError {
	_, err := wxpay.Async(func() (int, error) { panic(v) }).Wait()
	return err.(*wxpay.PanicError)
}

// everyForm returns the forms of s that printers use: text, hexadecimal, lists of bytes, base64.
func everyForm(s string) []string {
	list := strings.Trim(fmt.Sprint([]byte(s)), "[]")
	forms := []string{
		s, fmt.Sprintf("%x", s), fmt.Sprintf("%X", s), fmt.Sprintf("% x", s), fmt.Sprintf("% X", s),
		list, strings.ReplaceAll(list, " ", ", "),
		strings.Trim(fmt.Sprintf("%#v", []byte(s)), "[]byte{}"),
		strings.Trim(fmt.Sprintf("%o", []byte(s)), "[]"),
		strings.Trim(fmt.Sprintf("%b", []byte(s)), "[]"),
		strings.Trim(fmt.Sprintf("%c", []byte(s)), "[]"), strings.Trim(fmt.Sprintf("%U", []byte(s)),
			"[]"), strings.Trim(fmt.Sprintf("%q", []byte(s)), "[]"),
	}
	for shift := range 3 { // base64 of a longer text that holds s
		text := base64.StdEncoding.EncodeToString(append(make([]byte, shift), s...))
		forms = append(forms, text[4:len(text)-6])
	}
	return forms
}

// shapes holds v in the ways of programs: behind pointers, in exported and unexported fields, in
// lists and maps.
func shapes[T any](v T) map[string]any {
	type hidden struct{ v T }
	type hiddenPointer struct{ v *T }
	type shown struct{ V T }
	type shownPointer struct{ V *T }
	type hiddenAny struct{ v any }
	pointer := &v
	return map[string]any{
		"value": v, "pointer": pointer, "pointer to pointer": &pointer,
		"hidden": hidden{v}, "*hidden": &hidden{v}, "hidden pointer": hiddenPointer{pointer},
		"*hidden pointer": &hiddenPointer{pointer},
		"shown":           shown{v}, "*shown": &shown{v}, "shown pointer": shownPointer{pointer},
		"*shown pointer": &shownPointer{pointer},
		"any":            hiddenAny{v}, "any pointer": hiddenAny{pointer}, "*any": &hiddenAny{v},
		"list": []T{v}, "list of pointers": []*T{pointer}, "array": [1]T{v},
		"list of any": []any{v, pointer},
		"map":         map[string]T{"k": v}, "map of pointers": map[string]*T{"k": pointer},
		"deep": &struct{ a, B any }{map[string]any{"x": []any{hidden{v}}}, &hiddenPointer{pointer}},
	}
}

// holder is an error of a program that wraps one of this package.
type holder struct {
	what string
	err  error
}

func (h holder) Error() string { return h.what }

// all returns the values to print, each in every shape.
func (p *printed) all() map[string]map[string]any {
	return map[string]map[string]any{
		"Client": shapes(p.client), "Error": shapes(*p.err), "*Error": shapes(p.err),
		"error":      shapes(error(p.err)),
		"PanicError": shapes(*p.panic), "*PanicError": shapes(p.panic), "Event": shapes(*p.event),
		"*Event": shapes(p.event),
		"Secret": shapes(p.clear), "opened Secret": shapes(p.opened),
		"wrapped": shapes(fmt.Errorf("w: %w", p.err)),
		"joined":  shapes(errors.Join(p.err, p.panic)), "held": shapes(holder{"h", p.err}),
		"held panic":   shapes(error(&holder{"h", p.panic})),
		"nodes":        shapes(p.client.Chain("v3/x")),
		"certificates": shapes(p.client.Certificates()), "keys": shapes(p.client.Keys()),
	}
}

func (p *printed) check(t *testing.T, how, text string) {
	t.Helper()
	for _, s := range p.secrets {
		if strings.Contains(text, s) {
			t.Errorf("%s shows %.40s…: %.300s", how, s, text)
			return
		}
	}
}

// The test prints every shape with every verb and flag, since some call no method of the value.
// Without make stress it tries only those that package fmt treats differently.
func TestNoVerbShowsASecret(t *testing.T) {
	p, prints := newPrinted(t), 0
	verbs, flags := "vsdxqpTwUb!zg", []string{"", "+", "#"}
	if stressing() {
		verbs, flags = "", []string{"", "+", "#", " ", "-", "0", "+#", "# ", "20", "-20.3", ".1000"}
		for verb := '!'; verb <= '~'; verb++ {
			verbs += string(verb)
		}
	}
	for name, shapes := range p.all() {
		for shape, v := range shapes {
			var all strings.Builder
			for _, verb := range verbs {
				for _, f := range flags {
					fmt.Fprintf(&all, "%"+f+string(verb)+"\n", v)
					prints++
				}
			}
			p.check(t, name+", "+shape, all.String())
		}
	}
	t.Logf("%d prints", prints)
}

// The APIv3 key of a Config is a string, so package fmt prints it where it calls no method.
// Wherever it calls one, the key does not show.
func TestConfigShowsNoKeyWhereItIsAsked(t *testing.T) {
	p := newPrinted(t)
	for shape, v := range shapes(p.config) {
		if strings.Contains(shape, "hidden") || strings.Contains(shape, "any") || shape == "deep" {
			continue
		}
		for verb := '!'; verb <= '~'; verb++ {
			if verb == 'p' || verb == 'w' || verb == 'T' {
				continue
			}
			for _, flags := range []string{"", "+", "#", " ", "-", "+#", "20"} {
				p.check(t, shape+", %"+flags+string(verb), fmt.Sprintf("%"+flags+string(verb), v))
			}
		}
	}
}

// Encoders and loggers show no secret.
func TestNoEncoderShowsASecret(t *testing.T) {
	p := newPrinted(t)
	values := p.all()
	values["Config"] = shapes(p.config)
	for name, shapes := range values {
		for shape, v := range shapes {
			for how, encode := range encoders {
				var b bytes.Buffer
				// encoding/gob panics over some
				_, err := wxpay.Async(func() (any, error) { return nil, encode(&b, v) }).Wait()
				p.check(t, how+", "+name+", "+shape, b.String()+fmt.Sprint(err))
			}
			if name == "Config" && (strings.Contains(shape, "hidden") ||
				strings.Contains(shape, "any") || shape == "deep") {
				continue // falls back to package fmt
			}
			for how, print := range loggers {
				var b bytes.Buffer
				print(&b, v)
				p.check(t, how+", "+name+", "+shape, b.String())
			}
		}
	}
}

var encoders = map[string]func(*bytes.Buffer, any) error{
	"json": func(b *bytes.Buffer, v any) error { return json.NewEncoder(b).Encode(v) },
	"json indent": func(b *bytes.Buffer, v any) error {
		e := json.NewEncoder(b)
		e.SetIndent("", "\t")
		return e.Encode(v)
	},
	"xml": func(b *bytes.Buffer, v any) error { return xml.NewEncoder(b).Encode(v) },
	"gob": func(b *bytes.Buffer, v any) error { return gob.NewEncoder(b).Encode(v) },
	"expvar": func(b *bytes.Buffer, v any) error {
		b.WriteString(expvar.Func(func() any { return v }).String())
		return nil
	},
}

var loggers = map[string]func(*bytes.Buffer, any){
	"slog text": func(b *bytes.Buffer, v any) {
		slog.New(slog.NewTextHandler(b, nil)).Info("m", "v", v)
	},
	"slog json": func(b *bytes.Buffer, v any) {
		slog.New(slog.NewJSONHandler(b, nil)).Info("m", "v", v)
	},
	"slog group": func(b *bytes.Buffer, v any) {
		slog.New(slog.NewTextHandler(b, nil)).With("w", v).WithGroup("g").Error("m",
			slog.Group("h", slog.Any("v", v)))
	},
	"log": func(b *bytes.Buffer, v any) { log.New(b, "", 0).Print(v, []any{v}) },
	"template": func(b *bytes.Buffer, v any) {
		err := template.Must(template.New("").
			Parse("{{.}} {{printf \"%v %s %q\" . . .}} {{println .}}")).Execute(b, v)
		fmt.Fprint(b, err)
	},
}

// Programs can still read the hidden parts.
func TestHiddenPartsAreThere(t *testing.T) {
	p := newPrinted(t)
	if !strings.Contains(string(p.err.Body()), clearText) ||
		p.err.Header().Get("Request-Id") != requestID || p.err.Detail.Value.Reveal() != clearText {
		t.Errorf("%s, %v, %s", p.err.Body(), p.err.Header(), p.err.Detail.Value.Reveal())
	}
	if p.panic.Value() != clearText || len(p.panic.Stack()) == 0 {
		t.Errorf("%v", p.panic.Value())
	}
	if p.clear.Reveal() != clearText || p.opened.Reveal() != clearText ||
		!strings.Contains(string(p.event.Plaintext()), clearText) {
		t.Error("nothing left")
	}
	var none wxpay.Error
	if none.Body() != nil || none.Header() != nil || none.Error() == "" ||
		errors.Is(&none, wxpay.ErrNotFound) {
		t.Error("the zero Error")
	}
	var calm wxpay.PanicError
	if calm.Value() != nil || calm.Stack() != nil || calm.Error() == "" || calm.Unwrap() != nil {
		t.Error("the zero PanicError")
	}
	if h := p.err.Header(); h.Get("Wechatpay-Serial") == "" { // the map itself
		t.Error(h)
	}
}
