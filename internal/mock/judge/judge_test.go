package judge

import (
	"encoding/hex"
	"net/http"
	"strings"
	"testing"
)

// The digest is that of the standard's own example.
func TestSM3(t *testing.T) {
	for text, want := range map[string]string{
		"abc": "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
		strings.Repeat("abcd",
			16): "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732",
	} {
		if sum := sm3([]byte(text)); hex.EncodeToString(sum[:]) != want {
			t.Errorf("%s: %x; want %s", text, sum, want)
		}
	}
}

func FuzzAuthorization(f *testing.F) {
	f.Add(
		`WECHATPAY2-SHA256-RSA2048 mchid="1900000001",nonce_str="n",timestamp="1",serial_no="s",signature="c2ln"`)
	f.Add(
		`WECHATPAY-BRAND-SHA256-RSA2048 brand_id="1",nonce_str="n", timestamp="1" ,serial_no="s",signature="c2ln"`)
	f.Add(`WECHATPAY2-SHA256-RSA2048 mchid="`)
	f.Add(``)
	f.Fuzz(func(t *testing.T, header string) {
		a, refused := ParseAuthorization(header)
		if (a == nil) == (refused == nil) {
			t.Fatalf("%q: %v and %v", header, a, refused)
		}
		if refused != nil {
			if refused.Status != 401 || refused.Code != "SIGN_ERROR" {
				t.Errorf("%q: %v", header, refused)
			}
			return
		}
		for _, v := range []string{a.ID, a.Nonce, a.Timestamp, a.Serial} {
			if v == "" || strings.Contains(v, `"`) || !strings.Contains(header, v) {
				t.Errorf("%q: read %q", header, v)
			}
		}
	})
}

// The JSON part of an upload may be a file of its own, as curl -F meta=@meta.json sends it, and may
// come last.
func TestSplit(t *testing.T) {
	part := func(name, file, text string) string {
		if file != "" {
			name += `"; filename="` + file
		}
		return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + text +
			"\r\n"
	}
	file := part("file", "a.png", "PNG")
	header := http.Header{"Content-Type": {"multipart/form-data; boundary=b"}}
	for name, body := range map[string]string{
		"plain": part("meta", "", "{}") + file, "last": file + part("meta", "", "{}"),
		"a file":       part("meta", "meta.json", "{}") + file,
		"a file, last": file + part("meta", "meta.json", "{}"),
	} {
		signed, f, issue := Split(header, []byte(body+"--b--\r\n"))
		if issue != "" || string(signed) != "{}" || f.Name != "a.png" ||
			string(f.Content) != "PNG" {
			t.Errorf("%s: %q, %+v, %s", name, signed, f, issue)
		}
	}
	if _, _, issue := Split(header, []byte(part("meta", "meta.json", "{}")+"--b--\r\n")); issue ==
		"" {
		t.Error("an upload without its file is taken")
	}
}
