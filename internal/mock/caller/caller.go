package caller

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"strconv"
	"strings"
	"time"

	"github.com/wxgen/wxgen/internal/mock/desc"
	"github.com/wxgen/wxgen/internal/mock/keys"
	"github.com/wxgen/wxgen/internal/mock/sample"
)

// Caller is a merchant's client.
type Caller struct {
	Account  *keys.Account
	Platform *keys.PlatformKey // the key for sealing
	Now      func() time.Time
	Base     string // "http://127.0.0.1:12345"
}

// Request makes a request of a sample.
func (c *Caller) Request(ctx context.Context, r *sample.Request) (*http.Request, error) {
	seal := func(text string) (string, error) {
		return keys.Seal(keys.Public(c.Platform.Key), text)
	}
	sealed := *r
	sealed.Args, sealed.Query, sealed.Header = map[string]string{}, map[string]string{},
		map[string]string{}
	for i := range r.Operation.Params {
		p := &r.Operation.Params[i]
		for _, part := range []struct{ from, to map[string]string }{{r.Args, sealed.Args},
			{r.Query, sealed.Query}, {r.Header, sealed.Header}} {
			v, there := part.from[p.Name]
			if !there {
				continue
			}
			out, err := sample.Seal(p.Schema, v, seal)
			if err != nil {
				return nil, err
			}
			part.to[p.Name] = fmt.Sprint(out)
		}
	}
	var body []byte
	if r.Body != nil {
		out, err := sample.Seal(bodySchema(r.Operation), r.Body, seal)
		if err != nil {
			return nil, err
		}
		if body, err = json.Marshal(out); err != nil {
			return nil, err
		}
	}
	return c.Raw(ctx, r.Operation.Method, sealed.URI(), body, r.Operation, sealed.Header)
}

func bodySchema(op *desc.Operation) *desc.Schema {
	if op.BodyKind == desc.Upload {
		return op.Body.Field("meta").Schema
	}
	return op.Body
}

// Raw signs and makes a request with the given body. The operation may be nil. For an upload, the
// body is its meta part.
func (c *Caller) Raw(ctx context.Context, method, uri string, body []byte, op *desc.Operation,
	header map[string]string) (*http.Request, error) {
	sent, kind := body, "application/json"
	if op != nil && op.BodyKind == desc.Upload {
		var err error
		if body, err = describeFile(op, body); err != nil {
			return nil, err
		}
		if sent, kind, err = upload(op, body); err != nil {
			return nil, err
		}
	}
	req, err := http.NewRequestWithContext(ctx, method, c.Base+uri, bytes.NewReader(sent))
	if err != nil {
		return nil, err
	}
	authorization, err := c.Authorization(method, uri, body)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", authorization)
	req.Header.Set("Accept", "application/json, */*")
	req.Header.Set("User-Agent", "wxgen-mock")
	req.Header.Set("Wechatpay-Serial", c.Platform.Serial)
	if len(sent) > 0 {
		req.Header.Set("Content-Type", kind)
	}
	for name, v := range header {
		req.Header.Set(name, v)
	}
	return req, nil
}

// Authorization signs a request.
func (c *Caller) Authorization(method, uri string, body []byte) (string, error) {
	timestamp, nonce := strconv.FormatInt(c.Now().Unix(), 10), rand.Text()
	signature, err := keys.Sign(c.Account.Key, method+"\n"+uri+"\n"+timestamp+"\n"+nonce+"\n"+
		string(body)+"\n")
	scheme, id := c.Account.Role.Scheme()
	return fmt.Sprintf(`%s %s="%s",nonce_str="%s",timestamp="%s",serial_no="%s",signature="%s"`,
		scheme, id, c.Account.ID, nonce, timestamp, c.Account.SerialNo, signature), err
}

// The file in uploads.
const (
	FileName = "test.png"
	FileText = "\x89PNG\r\n\x1a\n of a test"
)

// describeFile sets name and digest of the file in a meta.
func describeFile(op *desc.Operation, meta []byte) ([]byte, error) {
	doc := map[string]any{}
	if len(meta) > 0 {
		if err := json.Unmarshal(meta, &doc); err != nil {
			return nil, err
		}
	}
	for _, f := range bodySchema(op).Fields {
		sum := sha256.Sum256([]byte(FileText))
		switch {
		case f.Schema.File == "name":
			doc[f.Name] = FileName
		case f.Schema.File == "sha256":
			doc[f.Name] = hex.EncodeToString(sum[:])
		case f.Schema.File == "sm3":
			doc[f.Name] = sm3OfFileText
		}
	}
	return json.Marshal(doc)
}

// sm3OfFileText is the SM3 digest of FileText, made with OpenSSL.
const sm3OfFileText = "1524b574353fc06e38fcdeb7d61a0398b1ed822f4edcd26cf112832d09500479"

func upload(op *desc.Operation, meta []byte) (body []byte, kind string, err error) {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreatePart(textproto.MIMEHeader{
		"Content-Disposition": {`form-data; name="meta"`}, "Content-Type": {"application/json"},
	})
	if err == nil {
		_, err = part.Write(meta)
	}
	if err != nil {
		return nil, "", err
	}
	name := "file"
	for _, f := range op.Body.Fields {
		if f.Name != "meta" {
			name = f.Name
		}
	}
	file := textproto.MIMEHeader{
		"Content-Disposition": {fmt.Sprintf(`form-data; name=%q; filename=%q`, name, FileName)},
		"Content-Type":        {"image/png"},
	}
	if part, err = w.CreatePart(file); err == nil {
		_, err = part.Write([]byte(FileText))
	}
	if err != nil {
		return nil, "", err
	}
	err = w.Close()
	return b.Bytes(), w.FormDataContentType(), err
}

// Verify reports whether a reply is signed by the platform.
func (c *Caller) Verify(h http.Header, body []byte, key *keys.PlatformKey) bool {
	signature, err := decode(h.Get("Wechatpay-Signature"))
	return err == nil && key != nil && strings.EqualFold(h.Get("Wechatpay-Serial"), key.Serial) &&
		keys.Verify(keys.Public(key.Key), h.Get("Wechatpay-Timestamp")+"\n"+
			h.Get("Wechatpay-Nonce")+"\n"+string(body)+"\n", signature)
}

func decode(signature string) ([]byte, error) { return base64.StdEncoding.DecodeString(signature) }
