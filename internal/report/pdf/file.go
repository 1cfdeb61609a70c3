package pdf

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"readiness/internal/report/outline"
)

// file is a finished PDF taken apart into its objects, so that more can be said in them. See ISO 32000-1, 7.5.
type file struct {
	objects []string // by number, from 1
	pack    packer
}

// takeApart reads a file that fpdf has just written.
func takeApart(pdf []byte) (*file, error) {
	tail := bytes.LastIndex(pdf, []byte("startxref\n"))
	if tail < 0 {
		return nil, fmt.Errorf("the file drawn has no table of objects")
	}
	number, _, _ := strings.Cut(string(pdf[tail+len("startxref\n"):]), "\n")
	start, err := strconv.Atoi(number)
	if err != nil {
		return nil, fmt.Errorf("the file drawn has no table of objects: %w", err)
	}
	lines := strings.Split(string(pdf[start:tail]), "\n")[3:] // after "xref", "0 n" and the free object 0
	var offsets []int
	for _, l := range lines {
		if !strings.HasSuffix(l, " n ") {
			break
		}
		at, err := strconv.Atoi(l[:10])
		if err != nil {
			return nil, fmt.Errorf("the table of objects drawn can't be read: %w", err)
		}
		offsets = append(offsets, at)
	}
	sorted := append(slices.Clone(offsets), start)
	slices.Sort(sorted)
	f := &file{}
	for _, at := range offsets {
		next, _ := slices.BinarySearch(sorted, at)
		body := string(pdf[at:sorted[next+1]])
		_, body, _ = strings.Cut(body, " obj\n")
		f.objects = append(f.objects, strings.TrimSuffix(body, "\nendobj\n"))
	}
	return f, nil
}

// reserve makes room for n objects and returns the number of the first.
func (f *file) reserve(n int) int {
	first := len(f.objects) + 1
	f.objects = append(f.objects, make([]string, n)...)
	return first
}

func (f *file) set(number int, format string, args ...any) {
	f.objects[number-1] = fmt.Sprintf(format, args...)
}

// ref refers to an object.
func ref(number int) string { return strconv.Itoa(number) + " 0 R" }

// pageObject is the number fpdf gives to a page's object.
func pageObject(page int) int { return 1 + 2*page }

// bytes puts the file together again. Its identity is the digest of what is in it. Objects that are no streams are put
// into streams of objects (7.5.7), because a structure tree has thousands of them that look much alike.
func (f *file) bytes(root, info int) []byte {
	var out bytes.Buffer
	out.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	places := make([]objectPlace, len(f.objects)+1)
	put := func(number int, body string) {
		places[number] = objectPlace{inFile, out.Len(), 0}
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", number, body)
	}
	var plain []int
	for i, body := range f.objects {
		if strings.HasSuffix(body, "\nendstream") {
			put(i+1, f.pack.again(body))
		} else {
			plain = append(plain, i+1)
		}
	}
	for batch := range slices.Chunk(plain, objectsPerStream) {
		number := len(places)
		places = append(places, objectPlace{})
		for i, n := range batch {
			places[n] = objectPlace{inStream, number, i}
		}
		put(number, f.together(batch))
	}
	id := sha256.Sum256(out.Bytes())
	start := out.Len()
	places = append(places, objectPlace{inFile, start, 0})
	var table bytes.Buffer
	for _, at := range places {
		table.WriteByte(byte(at.kind))
		table.Write(binary.BigEndian.AppendUint32(nil, uint32(at.at)))
		table.Write(binary.BigEndian.AppendUint16(nil, uint16(at.index)))
	}
	fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n", len(places)-1,
		f.pack.stream(fmt.Sprintf("/Type /XRef /W [1 4 2] /Size %d /Root %s /Info %s /ID [<%x><%x>]", len(places), ref(root), ref(info), id[:16], id[:16]), table.Bytes()), start)
	return out.Bytes()
}

// objectPlace is where an object is: at an offset of the file, or in a stream of objects at an index.
type objectPlace struct{ kind, at, index int }

// The kinds of places, as a cross-reference stream counts them (7.5.8). The zero place is that of no object.
const (
	inFile   = 1
	inStream = 2
)

// objectsPerStream keeps a reader from unpacking much to find one object.
const objectsPerStream = 400

// together is a stream of objects.
func (f *file) together(numbers []int) string {
	var index, bodies bytes.Buffer
	for _, n := range numbers {
		fmt.Fprintf(&index, "%d %d ", n, bodies.Len())
		bodies.WriteString(f.objects[n-1] + "\n")
	}
	first := index.Len()
	index.Write(bodies.Bytes())
	return f.pack.stream(fmt.Sprintf("/Type /ObjStm /N %d /First %d", len(numbers), first), index.Bytes())
}

// packer compresses. It's used again and again, because a new compressor takes longer than a page.
type packer struct {
	w   *zlib.Writer
	out bytes.Buffer
}

// stream is a compressed stream with the entries of its dictionary.
func (p *packer) stream(entries string, data []byte) string {
	p.out.Reset()
	if p.w == nil {
		p.w = zlib.NewWriter(&p.out)
	} else {
		p.w.Reset(&p.out)
	}
	p.w.Write(data) // a Buffer takes everything
	p.w.Close()
	return fmt.Sprintf("<<%s /Filter /FlateDecode /Length %d>>\nstream\n%s\nendstream", entries, p.out.Len(), p.out.Bytes())
}

// again compresses a stream that fpdf has left as it is, such as a page.
func (p *packer) again(body string) string {
	entries, rest, _ := strings.Cut(body, ">>\nstream\n")
	if !strings.HasPrefix(entries, "<</Length ") || strings.Contains(entries, "/Filter") {
		return body
	}
	return p.stream("", []byte(strings.TrimSuffix(rest, "\nendstream")))
}

// complete adds to the drawn file what fpdf doesn't know: structure, links, bookmarks and what the file is about.
func (p *printer) complete(f *file) []byte {
	structure := p.putStructure(f)
	outlines := p.putBookmarks(f)
	root := len(f.objects) + 1
	info := root + 1
	f.reserve(2)
	f.set(root, "<</Type /Catalog /Pages 1 0 R /Lang (en-US) /MarkInfo <</Marked true>> /StructTreeRoot %s /Outlines %s /PageMode /UseOutlines /ViewerPreferences <</DisplayDocTitle true>>>>",
		ref(structure), ref(outlines))
	doc := p.doc
	when := "(D:" + day(doc.AsOf).Format("20060102150405") + "Z)"
	author := outline.Text{{Text: doc.Brand.Author}, {Text: doc.Brand.Firm}}
	f.set(info, "<</Title %s /Subject %s /Author %s /Creator %s /Producer (go-pdf/fpdf) /CreationDate %s /ModDate %s>>",
		pdfText(doc.Title), pdfText(doc.Footer), pdfText(joined(author)), pdfText(doc.Tool), when, when)
	return f.bytes(root, info)
}

// joined lists the spans that say something.
func joined(t outline.Text) string {
	var parts []string
	for _, s := range t {
		if s.Text != "" {
			parts = append(parts, s.Text)
		}
	}
	return strings.Join(parts, ", ")
}
