package judge

import (
	"bytes"
	"encoding/json"
	"io"
	"unicode/utf8"

	"github.com/wxgen/wxgen/internal/mock/keys"
	"github.com/wxgen/wxgen/internal/mock/refuse"
)

// walker checks the values of a request.
type walker struct {
	serial string            // the Wechatpay-Serial header
	key    *keys.PlatformKey // the key of that serial; nil if there is none
	sealed []Sealed
	clear  bool // sensitive texts are in clear
}

// parse reads text that is JSON as a whole.
func parse(text []byte) (any, *refuse.Error) {
	if !utf8.Valid(text) {
		return nil, refuse.Param("body", "", "", "not UTF-8", "请求体不是合法的UTF-8编码")
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var v any
	err := d.Decode(&v)
	if err == nil {
		_, err = d.Token()
	}
	if err != io.EOF {
		return nil, refuse.Param("body", "", "", "not JSON", "请求体不是合法的JSON")
	}
	return v, nil
}

func unknownSerial(serial string) *refuse.Error {
	return refuse.Param("header", "Wechatpay-Serial", clip(serial),
		"no such public key or certificate", "平台证书序列号Wechatpay-Serial错误：“%s”", clip(serial))
}
