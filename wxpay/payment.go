package wxpay

import (
	"cmp"
	"crypto"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/wxgen/wxgen/wxpay/gen"
)

// Prepaid is an order that is placed and not yet paid. A front end needs signed parameters to pay
// it.
type Prepaid struct {
	PrepayID string // prepay_id of the reply
	AppID    string // appid, sp_appid or combine_appid of the order
	// sub_appid of a service provider's order, if it had one: that app is the front end then
	SubAppID string
	// PartnerID is the merchant number shown to APP payments; the client's own if empty. WeChat
	// Pay's SDKs use the service provider's number for its orders; set the sub-merchant's if the
	// app is bound to that one alone.
	PartnerID string
}

// packagePrefix is the prefix of prepay_id in the package of a payment.
const packagePrefix = "prepay_id="

// check removes the prefix of a prepay_id from an earlier payment's package, and checks the fields.
func (p *Prepaid) check(operation string) (appID string, err error) {
	p.PrepayID = strings.TrimPrefix(p.PrepayID, packagePrefix)
	appID = cmp.Or(p.SubAppID, p.AppID)
	var need gen.Required
	need.Field("prepay_id", p.PrepayID != "")
	need.Field("appid", appID != "")
	if err := need.Err(operation); err != nil {
		return "", err
	}
	if strings.Contains(p.PrepayID, "\n") || strings.Contains(appID, "\n") {
		return "", &InvalidError{Operation: operation,
			Problem: "a value holds a line feed, which would forge the signed message"}
	}
	for _, f := range [...]struct{ name, value string }{{"prepay_id", p.PrepayID}, {"appid", appID},
		{"partnerid", p.PartnerID}} {
		if !utf8.ValidString(f.value) {
			return "", garbled(operation, f.name)
		}
	}
	return appID, nil
}

// JSAPIPayment are the parameters of WeixinJSBridge's getBrandWCPayRequest, of wx.chooseWXPay, and
// of wx.requestPayment in a mini program. Hand them to the page as JSON.
type JSAPIPayment struct {
	AppID     string `json:"appId"`
	TimeStamp string `json:"timeStamp"`
	NonceStr  string `json:"nonceStr"`
	Package   string `json:"package"` // "prepay_id=…"
	SignType  string `json:"signType"`
	PaySign   string `json:"paySign"`
}

// JSAPIPayment signs the parameters for paying order from a page in WeChat or a mini program.
func (c *Client) JSAPIPayment(order Prepaid) (*JSAPIPayment, error) {
	appID, err := order.check("wxpay.JSAPIPayment")
	if err != nil {
		return nil, err
	}
	p := &JSAPIPayment{AppID: appID, Package: packagePrefix + order.PrepayID, SignType: "RSA"}
	p.TimeStamp, p.NonceStr, p.PaySign, err = c.signPayment("wxpay.JSAPIPayment", appID, p.Package)
	if err != nil {
		return nil, err
	}
	return p, nil
}

// APPPayment are the parameters of the PayReq of WeChat's SDK for apps. Hand them to the app as
// JSON.
type APPPayment struct {
	AppID     string `json:"appid"`
	PartnerID string `json:"partnerid"`
	PrepayID  string `json:"prepayid"`
	Package   string `json:"package"` // "Sign=WXPay"
	NonceStr  string `json:"noncestr"`
	Timestamp string `json:"timestamp"`
	Sign      string `json:"sign"`
}

// APPPayment signs the parameters for paying order from an app.
func (c *Client) APPPayment(order Prepaid) (*APPPayment, error) {
	appID, err := order.check("wxpay.APPPayment")
	if err != nil {
		return nil, err
	}
	p := &APPPayment{AppID: appID, PartnerID: cmp.Or(order.PartnerID, c.MchID()),
		PrepayID: order.PrepayID, Package: "Sign=WXPay"}
	p.Timestamp, p.NonceStr, p.Sign, err = c.signPayment("wxpay.APPPayment", appID, p.PrepayID)
	if err != nil {
		return nil, err
	}
	return p, nil
}

// signPayment signs appID, time, nonce and the last line, each followed by a line feed.
func (c *Client) signPayment(operation, appID, last string) (timestamp, nonce, signature string,
	err error) {
	if err := c.merchantAlone(operation); err != nil {
		return "", "", "", err
	}
	timestamp, nonce = strconv.FormatInt(c.now().Unix(), 10), rand.Text()
	digest := sha256.Sum256([]byte(appID + "\n" + timestamp + "\n" + nonce + "\n" + last + "\n"))
	b, err := c.private.Load().key.Sign(rand.Reader, digest[:], crypto.SHA256)
	if err != nil {
		return "", "", "", &SignError{Operation: operation, Err: err}
	}
	return timestamp, nonce, base64.StdEncoding.EncodeToString(b), nil
}

// H5PaymentURL adds the page to return to after payment to the h5_url of an order's reply. Open the
// result in the user's browser, from a page on the domain that is registered for H5 payment. (The
// code_url of a Native order needs nothing: show it as a QR code.)
func H5PaymentURL(h5URL, redirect string) (string, error) {
	u, err := url.Parse(h5URL)
	if err != nil || u.Scheme != "https" || u.Host == "" {
		return "", &InvalidError{Operation: "wxpay.H5PaymentURL", Fields: []string{"h5_url"},
			Problem: "no https URL"}
	}
	if r, err := url.Parse(redirect); err != nil || r.Host == "" || r.Scheme != "https" &&
		r.Scheme != "http" {
		return "", &InvalidError{Operation: "wxpay.H5PaymentURL", Fields: []string{"redirect_url"},
			Problem: "no absolute URL"}
	}
	if !utf8.ValidString(redirect) {
		return "", garbled("wxpay.H5PaymentURL", "redirect_url")
	}
	if u.Query().Has("redirect_url") {
		return "", &InvalidError{Operation: "wxpay.H5PaymentURL", Fields: []string{"h5_url"},
			Problem: "it has a redirect_url already"}
	}
	separator := "&"
	if u.RawQuery == "" {
		separator = "?"
	}
	base, _, _ := strings.Cut(h5URL, "#")
	return strings.TrimSuffix(base, "?") + separator + "redirect_url=" + url.QueryEscape(redirect),
		nil
}

// merchantAlone refuses to sign a payment for a brand.
func (c *Client) merchantAlone(operation string) error {
	if err := c.unmade(operation); err != nil {
		return err
	}
	if c.brandID == "" {
		return nil
	}
	return &InvalidError{Operation: operation, Problem: "the client signs for a brand, and " +
		"payments go to a merchant; use a client with Config.MchID"}
}
