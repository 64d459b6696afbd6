package page

import (
	"slices"
	"strings"

	"github.com/wxgen/wxgen/internal/known"
)

// Sealed fields must not be sent in clear, so a page with possibly sealed fields is read with
// suspicion. A field is sensitive if its own text says that it is encrypted, if the description's
// same operation seals it, if the description seals a field of its name anywhere, or if its sample
// looks like ciphertext. A field is in clear if the description has its name in clear only. Other
// fields become open questions, unless the page's texts show which fields are sealed.

var (
	sealWord   = lazy(`(?i)[加解]密|密文|encrypt|decrypt`)
	sealDenied = lazy(
		`(?i)(?:无需|无须|不需要?|不用|不必|不会?|未经?|非|免|没有)\s*(?:进行|使用|做|作)?\s*[加解]密|(?:not|without)\s+(?:be\s+|need\s+to\s+be\s+)?encrypt`)
	sealTool = lazy(`加密(?:算法|方式|类型|使用的|的?随机串|的?附加数据|用的)|encryption\s+algorithm`)
	sealSure = lazy(
		`(?i)(?:需|须|要|应|请|会|已|被|经|进行|使用|采用|通过|用|敏感|是|为)[^。；;\n]{0,60}[加解]密|[加解]密(?:传输|传递|处理|返回|上传|存储|后|信息|字段|方法|的|，|,|。|$)|(?:is|are|be|been)\s+encrypted|encrypted`)
)

// personal matches names or labels of personal data: on a page without marks, such a field becomes
// a question even if nothing mentions encryption.
var personal = lazy(
	`(?i)id_?card|identity|cert(?:ificate)?_(?:no|num)|card_(?:no|num|id)|bank_acc|account_(?:no|num)|phone|mobile|e?mail\b|real_?name|姓名|证件号|身份证|手机|电话|邮箱|卡号|银行账[号户]`)

// saysSealed looks for encryption in a text.
func saysSealed(text string) (sealed, unsure bool) {
	text = sealTool().ReplaceAllString(text, "")
	if !sealWord().MatchString(text) || sealDenied().MatchString(text) {
		return false, false
	}
	if sealSure().MatchString(text) {
		return true, false
	}
	return false, true
}

// A sealer finds the sealed fields of an operation.
type sealer struct {
	known  *known.Description
	about  *known.Operation // the same operation in the description; empty if it has none
	file   string
	shows  bool // the page's texts show which fields are sealed
	least  int  // the shortest limit of those
	called bool // the page says that there are sealed fields
	reply  bool // these are fields of a response
	lost   bool // the page is a copy without marks and without texts
}

// official finds the sealed fields of an official page, whose texts mention encryption.
func (s *sealer) official(op *Operation) {
	request := slices.Concat(op.Query, op.PathParams, op.JSON, op.Form)
	s.called = hasSerial(op.Headers)
	s.learn(request)
	s.learn(op.Response)
	s.sent(op)
	s.called, s.reply = s.shows && anyEncrypted(op.Response), true
	s.decideAll(op.Response, nil, s.about.Response)
}

// sent decides for the fields of a request. A path parameter is an ordinary name, so it is sealed
// only with evidence.
func (s *sealer) sent(op *Operation) {
	called := s.called
	s.called = false
	s.decideAll(op.PathParams, s.about.Params, nil)
	s.called = called
	s.decideAll(op.Query, s.about.Params, nil)
	s.decideAll(op.JSON, nil, s.about.Body)
	s.decideAll(op.Form, nil, s.about.Body)
}

// copied finds the sealed fields of a copied community page: its marks are lost, and it has no
// texts instead.
func (s *sealer) copied(op *Operation, says bool) {
	s.called, s.lost = says || hasSerial(op.Headers), true
	s.sent(op)
	s.reply = true
	s.decideAll(op.Response, nil, s.about.Response)
}

func hasSerial(headers []*Row) bool {
	return slices.ContainsFunc(headers, func(r *Row) bool {
		return strings.EqualFold(r.Name, serialHeader)
	})
}

// learn notes whether texts mention encryption of fields.
func (s *sealer) learn(rows []*Row) {
	for _, r := range rows {
		if sealed, unsure := saysSealed(r.text); r.Type == "string" && (sealed || unsure) &&
			!envelopeField(r.Name) {
			r.Encrypted = sealed
			s.called = true
			s.shows = s.shows || sealed
			if limit := r.Limits.MaxLength; sealed && limit > 0 &&
				(s.least == 0 || limit < s.least) {
				s.least = limit
			}
			if unsure {
				r.ask("encrypted?")
			}
		}
		s.learn(r.Rows)
	}
}

func anyEncrypted(rows []*Row) bool {
	return slices.ContainsFunc(rows, func(r *Row) bool {
		return r.Encrypted || anyEncrypted(r.Rows)
	})
}

// decideAll decides for the fields of one object.
func (s *sealer) decideAll(rows []*Row, params map[string]*known.Field, object *known.Object) {
	for _, r := range rows {
		about := params[r.Name]
		if about == nil {
			about = object.Field(r.Name)
		}
		if r.Type == "string" && !r.Encoded && !r.Encrypted && len(r.Enum) == 0 && r.Format == "" &&
			!envelopeField(r.Name) {
			s.decide(r, about)
		}
		s.decideAll(r.Rows, nil, about.Inside())
	}
}

// decide decides whether a string is sealed, or asks.
func (s *sealer) decide(r *Row, about *known.Field) {
	sealed, inClear := s.known.Sealed(r.Name)
	switch {
	case about != nil:
		r.Encrypted = about.Sensitive
	case r.sample == ciphertextLike || r.sample == maybeCiphertext && s.called &&
		(sealed || !inClear):
		r.Encrypted = true
	case !s.called && !sealed:
		if s.lost && !inClear && personal().MatchString(r.Name+" "+r.Label) {
			r.ask("encrypted?")
		}
	case s.shows && r.text != "" && (!sealed || inClear || s.tooShort(r)):
		if sealed && !s.tooShort(r) {
			r.ask("encrypted?") // the name is both sealed and in clear elsewhere
		}
	case sealed && s.called && !(s.reply && inClear):
		r.Encrypted = true
	case sealed:
		r.ask("encrypted?")
	case !inClear:
		r.ask("encrypted?")
	}
}

// tooShort reports whether a field's limit is too short for ciphertext, on a page whose limits are
// for ciphertexts.
func (s *sealer) tooShort(r *Row) bool {
	const ciphertext = 344 // the Base64 length of 2048 bits
	return s.least >= ciphertext && r.Limits.MaxLength > 0 && r.Limits.MaxLength < ciphertext
}

const (
	plainSample sealing = iota
	maybeCiphertext
	ciphertextLike // only a ciphertext is that long
)

// sealingOf judges a sample: a long run of Base64 characters may be a ciphertext.
func sealingOf(v *value) sealing {
	const shortest, surely = 32, 128
	text := strings.Trim(string(v.text()), `"`)
	if len(text) < shortest {
		return plainSample
	}
	var upper, lower bool
	for _, c := range text {
		switch {
		case 'A' <= c && c <= 'Z':
			upper = true
		case 'a' <= c && c <= 'z':
			lower = true
		case '0' <= c && c <= '9', c == '+', c == '/', c == '=':
		default:
			return plainSample
		}
	}
	switch {
	case !upper || !lower:
		return plainSample
	case len(text) >= surely:
		return ciphertextLike
	}
	return maybeCiphertext
}
