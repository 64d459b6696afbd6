package prints

import (
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/wxpay"
	"github.com/wxgen/wxgen/wxpay/wxpaytest"
)

const clear = "CLEAR-110101199003070000"

// printed are the values to print, each in every shape, and the texts that must not appear.
type printed struct {
	values map[string]map[string]any
	// for printers that call a Config's methods; its documentation names others
	configs map[string]any
	secrets []string
}

func newPrinted(t testing.TB) *printed {
	t.Helper()
	srv := wxpaytest.New(t)
	srv.Handle("GET", "/v3/refused", func(*wxpaytest.Request) wxpaytest.Response {
		return wxpaytest.Response{Status: http.StatusBadRequest,
			Body: json.RawMessage(
				`{"code":"PARAM_ERROR","message":"m","detail":{"field":"/user_name","value":"` +
					clear + `","issue":"bad"}}`)}
	})
	c, cfg := srv.Client(), srv.Config()
	var refused *wxpay.Error
	if err := c.Chain("v3/refused").Get(t.Context(), nil, nil); !errors.As(err, &refused) ||
		!strings.Contains(string(refused.Body()), clear) {
		t.Fatalf("%v", err)
	}
	_, panicked := wxpay.Async(func() (int, error) { panic(clear) }).Wait()
	var fell *wxpay.PanicError
	if !errors.As(panicked, &fell) {
		t.Fatal(panicked)
	}
	header, body := srv.Notify("TRANSACTION.SUCCESS", map[string]any{"openid": clear})
	ev, err := c.ParseNotification(t.Context(), header, body)
	if err != nil || !strings.Contains(string(ev.Plaintext()), clear) {
		t.Fatalf("%v, %s", err, ev.Plaintext())
	}
	sealed, err := c.Encrypt(clear)
	if err != nil {
		t.Fatal(err)
	}
	key := cfg.PrivateKey.(*rsa.PrivateKey)
	p := &printed{
		values: map[string]map[string]any{
			"Client": shapes(c), "Error": shapes(*refused), "*Error": shapes(refused),
			"error":      shapes(error(refused)),
			"PanicError": shapes(*fell), "*PanicError": shapes(fell), "Event": shapes(*ev),
			"*Event": shapes(ev),
			"Secret": shapes(wxpay.NewSecret(clear)), "sealed": shapes(sealed),
			"wrapped": shapes(fmt.Errorf("w: %w", refused)),
			"joined":  shapes(errors.Join(refused, fell)), "held": shapes(holder{"h", refused}),
			"node": shapes(c.Chain("v3/x")),
		},
		configs: shapes(cfg),
		secrets: append(everyForm(clear), everyForm(cfg.APIv3Key)...),
	}
	words := fmt.Sprint(key.D.Bits())
	p.secrets = append(p.secrets, key.D.String(), fmt.Sprintf("%x", key.D),
		fmt.Sprintf("%X", key.D), words[1:40], refused.Header().Get("Wechatpay-Signature"))
	return p
}

// everyForm returns the forms of s that printers use: text, hexadecimal, lists of bytes, base64.
func everyForm(s string) []string {
	var hexes, runes []string
	for _, c := range []byte(s) {
		hexes, runes = append(hexes, fmt.Sprintf("0x%x", c)), append(runes, fmt.Sprintf("'%c'", c))
	}
	list := strings.Trim(fmt.Sprint([]byte(s)), "[]")
	forms := []string{
		s, fmt.Sprintf("%x", s), fmt.Sprintf("%X", s), fmt.Sprintf("% x", s), list,
		strings.ReplaceAll(list, " ", ", "),
		strings.ReplaceAll(list, " ", ","), strings.ReplaceAll(list, " ", "\n"),
		strings.Join(hexes, ", "), strings.Join(hexes, ","), strings.Join(runes, ", "),
	}
	for shift := range 3 { // base64 of a longer text that holds s
		text := base64.StdEncoding.EncodeToString(append(make([]byte, shift), s...))
		forms = append(forms, text[4:len(text)-6])
	}
	return forms
}

// holder is an error of a program that wraps one of wxpay.
type holder struct {
	what string
	err  error
}

func (h holder) Error() string { return h.what }

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
		"any":            hiddenAny{v}, "any pointer": hiddenAny{pointer}, "list": []T{v},
		"list of pointers": []*T{pointer}, "array": [1]T{v},
		"list of any": []any{v, pointer}, "map": map[string]T{"k": v},
		"map of pointers": map[string]*T{"k": pointer},
		"deep": &struct{ a, B any }{map[string]any{"x": []any{hidden{v}}},
			&hiddenPointer{pointer}},
	}
}
