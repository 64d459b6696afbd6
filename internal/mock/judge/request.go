package judge

import (
	"bytes"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
)

// Request is what is judged.
type Request struct {
	Method string
	URI    string // as sent: escaped path and query
	Header http.Header
	Body   []byte // that was signed: of an upload, its JSON part
	Raw    []byte // as sent
	File   *File  // of an upload
}

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
