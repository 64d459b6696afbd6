package judge

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strings"

	"github.com/wxgen/wxgen/internal/mock/desc"
	"github.com/wxgen/wxgen/internal/mock/refuse"
)

// File is the file of an upload.
type File struct {
	Part        string // "file"
	Name        string
	ContentType string
	Content     []byte
}

// Split takes a multipart body apart: its JSON part alone is signed. A body that is no multipart is
// all signed.
func Split(header http.Header, raw []byte) (signed []byte, file *File, issue string) {
	kind, params, _ := mime.ParseMediaType(header.Get("Content-Type"))
	if kind != "multipart/form-data" {
		return raw, nil, ""
	}
	parts := multipart.NewReader(bytes.NewReader(raw), params["boundary"])
	const most = 8 // parts; two are known
	for range most {
		p, err := parts.NextPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, nil, "the multipart body is malformed"
		}
		content, err := io.ReadAll(p)
		switch {
		case err != nil:
			return nil, nil, "the multipart body is cut off"
		case p.FormName() == "meta" || p.FileName() == "":
			signed = content
		default:
			file = &File{p.FormName(), p.FileName(), p.Header.Get("Content-Type"), content}
		}
	}
	if signed == nil || file == nil {
		return nil, nil, "the multipart body lacks its JSON part, or its file"
	}
	return signed, file, ""
}

// digest holds the hash in an upload's meta against the file.
func digest(m *Message) *refuse.Error {
	if m.Operation.BodyKind != desc.Upload || m.File == nil {
		return nil
	}
	meta := m.Operation.Body.Field("meta").Schema
	for _, f := range meta.Fields {
		said, _ := m.Body[f.Name].(string)
		at := place{"body", "/meta/" + f.Name, f.Label}
		switch {
		case f.Schema.File == "" || said == "":
			continue
		case f.Schema.File == "name" && said != m.File.Name:
			return at.breaks("文件", clip(said), "the name is not that of the file: "+
				clip(m.File.Name), "文件名与上传的文件不一致")
		}
		if sum := hash(f.Schema.File, m.File.Content); sum != "" && !strings.EqualFold(sum, said) {
			return at.breaks("文件", clip(said), "the digest is not that of the file: "+sum,
				"摘要与上传的文件不一致")
		}
	}
	return nil
}

func hash(name string, content []byte) string {
	switch name {
	case "sha256":
		sum := sha256.Sum256(content)
		return hex.EncodeToString(sum[:])
	case "sm3":
		sum := sm3(content)
		return hex.EncodeToString(sum[:])
	}
	return ""
}
