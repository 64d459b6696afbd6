package wxpay

import (
	"crypto/md5"
	"crypto/rand"
	"encoding/hex"
	"strconv"
	"strings"

	"github.com/wxgen/wxgen/wxpay/gen"
	"github.com/wxgen/wxgen/wxpay/internal/httptext"
)

// ScanPayment names a product whose QR code is printed once and paid many times: Native payment in
// mode one, which belongs to APIv2. (Mode two is Native of APIv3: its reply has the QR code of one
// order in code_url.)
type ScanPayment struct {
	AppID     string // the official account of the merchant
	ProductID string // of the merchant's choice, at most 32 letters, digits, '-' and '_'
}

// ScanPaymentURL returns the content of product's QR code, signed with apiKey, the 32 characters of
// the merchant's APIv2 key. On each scan WeChat Pay asks the merchant's callback URL, by APIv2, for
// an order. It fails with an [*InvalidError].
//
// See https://pay.weixin.qq.com/wiki/doc/api/native.php?chapter=6_4.
func (c *Client) ScanPaymentURL(apiKey string, product ScanPayment) (string, error) {
	const operation = "wxpay.ScanPaymentURL"
	if err := c.merchantAlone(operation); err != nil {
		return "", err
	}
	var need gen.Required
	need.Field("appid", product.AppID != "")
	need.Field("product_id", product.ProductID != "")
	if err := need.Err(operation); err != nil {
		return "", err
	}
	switch {
	case len(apiKey) != 32:
		return "", &InvalidError{Operation: operation, Fields: []string{"apiKey"},
			Problem: strconv.Itoa(len(apiKey)) + " bytes; want the 32 of the APIv2 key"}
	case !httptext.IsToken(product.AppID):
		return "", &InvalidError{Operation: operation, Fields: []string{"appid"},
			Problem: "holds a character that is no letter, digit, '-' or '_'"}
	case !httptext.IsToken(product.ProductID) || len(product.ProductID) > 32:
		return "", &InvalidError{Operation: operation, Fields: []string{"product_id"},
			Problem: "want at most 32 letters, digits, '-' and '_'"}
	}
	// The signature needs the names sorted. No value needs escapes.
	query := "appid=" + product.AppID + "&mch_id=" + c.mchID + "&nonce_str=" + rand.Text() +
		"&product_id=" + product.ProductID + "&time_stamp=" + strconv.FormatInt(c.now().Unix(), 10)
	return "weixin://wxpay/bizpayurl?sign=" + signV2(query, apiKey) + "&" + query, nil
}

// signV2 is the signature of APIv2, which prescribes MD5.
func signV2(sorted, apiKey string) string {
	sum := md5.Sum([]byte(sorted + "&key=" + apiKey))
	return strings.ToUpper(hex.EncodeToString(sum[:]))
}
