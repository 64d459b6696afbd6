package wxpay_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/wxpay"
	"github.com/wxgen/wxgen/wxpay/gen"
)

// naughty are texts that break programs: reserved words, numbers in disguise, quotes, delimiters,
// unusual directions and combining marks of writing, and syntax of other languages.
var naughty = []string{
	" ", "  ", "\t", "\n", "\r\n", "\x00", "\x01\x02\x1f", "\x7f", "a\x00b", "\u0085", "\u00a0",
	"\u2028", "\u2029", "\u200b", "\ufeff", "\ufffd", "\ufffe", "\uffff", "\U0010ffff",
	"null", "NULL", "nil", "undefined", "None", "true", "false", "NaN", "Infinity", "-Infinity",
	"0", "-0", "-1", "1e400", "0x7f", "1_000", "９９", "١٢٣", "⅓", "1/0", "00", "+1",
	"9007199254740993", "9223372036854775808", "1,000.00", "¥1.00", "1E+02", "2026-02-30",
	"2026-11-22T10:34:56+08:00", "24:00",
	`"`, `'`, "`", `\`, `\\`, `\"`, `\u0000`, `\ud800`, `""`, `"}`, `{"a":1}`, `[]`, `}{`, `]]>`,
	`<!--`, `&amp;`, `&#x41;`, `%00`, `%2e%2e`, `%`, `%s%n`, `$1`, `${x}`, `$(x)`, `{{.}}`, `{a}`,
	`{`, `}`,
	`<script>alert(1)</script>`, `' OR 1=1 --`, `; rm -rf /`, `| cat`, `../../etc/passwd`, `..\..\`,
	`file:///etc/passwd`, `http://example.com/?a=b#c`, `//example.com`, `@example.com`, `a@b.c`,
	`CON`, `aux.txt`, `.htaccess`, `-rf`, `--`, `~`, `*`, `?`, `#`, `a=b&c=d`, `a+b c`, `a;b`,
	`a,b`, `a:b`, `a|b`, `prepay_id=`, "Wechatpay-Serial: x\r\nX: y", "wechatpay2-sha256-rsa2048",
	"张三", "欧阳娜娜", "𠮷野家", "䶮", "張\u3000三", "田\ufe00", "가나다", "カ\u3099", "ガ", "ﾊﾝｶｸ", "Ⅻ", "ﬁ", "ß",
	"ẞ", "İ", "ı", "ſ", "Å", "A\u030a", "é", "e\u0301", "ñ", "Ω", "Ω",
	"שלום", "مرحبا", "\u202egnirts", "\u2066a\u2069", "ܐܒܓ", "ไทย", "हिन्दी", "ถ้ำ",
	"Z\u0351\u036b\u0343\u036a\u0302A\u0334\u0335L", "👩‍👩‍👧‍👦", "🇨🇳", "👍🏽", "❤️",
	"🏴\U000e0067\U000e0062\U000e007f", "😀", "\U0001f600\u200d",
	strings.Repeat("a", 10_000), strings.Repeat("张", 5_000), strings.Repeat(`\`, 1000),
	strings.Repeat(`"`, 1000), strings.Repeat("[", 10_000), strings.Repeat("👍", 1000),
}

// Every text arrives unchanged in path, query and body.
func TestNaughtyStrings(t *testing.T) {
	var path, query, body string
	p := newPlatform(t, func(r request, out *reply) {
		u, err := url.ParseRequestURI(r.URI)
		if err != nil {
			t.Errorf("%s: %v", r.URI, err)
			return
		}
		var sent struct{ V, Field string }
		if err := json.Unmarshal(r.Body, &sent); err != nil || sent.V != sent.Field {
			t.Errorf("%s: %v", r.Body, err)
		}
		segment := strings.TrimPrefix(u.EscapedPath(), "/v3/echo/")
		if path, err = url.PathUnescape(segment); err != nil || strings.Contains(segment, "/") {
			t.Errorf("%s: %v", r.URI, err)
		}
		query, body = u.Query().Get("q"), sent.V
		out.body, _ = json.Marshal(map[string]string{"v": sent.V})
	})
	c := p.client()
	for _, s := range naughty {
		var got struct{ V string }
		err := c.Chain("v3/echo/{v}", s).Post(t.Context(), map[string]string{"V": s}, &got,
			wxpay.WithQuery("q", s), wxpay.WithField("Field", s))
		if err != nil || path != s || query != s || body != s || got.V != s {
			t.Errorf("%.40q: %v: path %.40q, query %.40q, body %.40q, reply %.40q", s, err, path,
				query, body, got.V)
		}
	}
}

// Secrets hold any text that their key has room for.
func TestNaughtySecrets(t *testing.T) {
	c := offlineClient(t)
	for _, s := range naughty {
		if len(s) > 214 { // the most that 2048 bits can seal
			continue
		}
		sealed, err := c.Encrypt(s)
		if err != nil || unseal(t, platformKey(), sealed.Sealed()) != s {
			t.Errorf("%q does not seal: %v", s, err)
		}
		opened, err := c.Decrypt(sealFor(t, &merchantKey().PublicKey, s))
		if err != nil || opened.Reveal() != s {
			t.Errorf("%q does not open: %v, %q", s, err, opened.Reveal())
		}
	}
}

// Notifications carry any text. Errors print none of it raw.
func TestNaughtyNotifications(t *testing.T) {
	c := offlineClient(t)
	var mux wxpay.NotificationMux
	var got struct{ V string }
	mux.Fallback(func(_ context.Context, ev *wxpay.Event) error { return ev.Decode(&got, nil) })
	h := c.NotificationHandler(&mux, wxpay.WithNotificationErrors(nil))
	for _, s := range naughty {
		resource, _ := json.Marshal(map[string]string{"v": s})
		n := newNotification("A", string(resource))
		n.body["summary"] = s
		if resp := deliver(h, n); resp.StatusCode != http.StatusNoContent || got.V != s {
			t.Errorf("%.40q: HTTP %d, %.40q", s, resp.StatusCode, got.V)
		}
		n.body["event_type"], n.body["id"] = "A"+s, s
		header, body := n.sign()
		if ev, err := c.ParseNotification(t.Context(), header, body); err != nil ||
			ev.EventType != "A"+s || strings.ContainsAny(ev.String(), "\n\r\x00\x1b\u202e\u2066") {
			t.Errorf("%.40q: %v, %.60q", s, err, ev)
		}
	}
}

// A file name is sent unchanged, or refused before anything is sent.
func TestNaughtyFileNames(t *testing.T) {
	p := newPlatform(t, func(_ request, out *reply) { out.body = []byte(`{}`) })
	c := p.client()
	for _, s := range naughty {
		before := len(p.requests())
		err := c.Do(t.Context(), gen.Call{
			Name: "test.Upload", Method: "POST", Path: "/v3/x",
			Body: map[string]string{"filename": s},
			File: &wxpay.File{Name: s, Content: strings.NewReader("x")},
		}, nil)
		sent := p.requests()[before:]
		if strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f }) {
			if err == nil || len(sent) > 0 {
				t.Errorf("%q: sent, %v", s, err)
			}
			continue
		}
		if err != nil || len(sent) != 1 ||
			!bytes.Contains(sent[0].Body,
				[]byte(`; filename="`+strings.ReplaceAll(s, `"`, "%22")+"\"\r\n")) {
			t.Errorf("%.40q: %v", s, err)
		}
	}
}
