package wxpay_test

import (
	"encoding/json"
	"testing"

	"github.com/wxgen/wxgen/wxpay"
)

// TestSealedSecretKeepsOddText: a SealedSecret keeps text that is not base64 unchanged. The call
// that sends it refuses it.
func TestSealedSecretKeepsOddText(t *testing.T) {
	for _, text := range []string{"YWJj", `a"b\c`, "\n", "张三", "\\"} {
		s := wxpay.SealedSecret(text)
		if s.Sealed() != text || !s.Equal(wxpay.SealedSecret(text)) ||
			s.Equal(wxpay.SealedSecret(text+"x")) {
			t.Errorf("%q came back as %q", text, s.Sealed())
		}
		b, err := json.Marshal(s)
		var back wxpay.Secret
		if err == nil {
			err = back.UnmarshalJSON(b)
		}
		if err != nil || !back.Equal(s) {
			t.Errorf("%q: %v, %s", text, err, b)
		}
	}
}
