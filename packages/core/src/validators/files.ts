// Files by the endings of their names. A name says nothing of the content.

import { type Validator, type ValidatorOptions, lazy, refusal } from "./validator.ts";

/** What a FileExtensionValidator accepts. */
export interface FileExtensionOptions extends ValidatorOptions {
  /** Endings without their dot, in any case; null for all. */
  readonly allowedExtensions?: readonly string[] | null;
}

/** Refuses files whose names end otherwise. Django: `FileExtensionValidator`. */
export function FileExtensionValidator({ allowedExtensions, ...options }: FileExtensionOptions = {}): Validator {
  const allowed = allowedExtensions?.map((extension) => extension.toLowerCase());
  const fallback = {
    message: lazy("File extension “%(extension)s” is not allowed. Allowed extensions are: %(allowed_extensions)s."),
    code: "invalid_extension",
  };
  return (value) => {
    const extension = extensionOf(nameOf(value)).toLowerCase();
    if (allowed === undefined || allowed.includes(extension)) return;
    throw refusal(options, fallback, { extension, allowed_extensions: allowed.join(", "), value });
  };
}

function nameOf(value: unknown): string {
  const isNamed = typeof value === "object" && value !== null && "name" in value && typeof value.name === "string";
  if (!isNamed) throw new TypeError("A FileExtensionValidator checks files: objects with a name.");
  return value.name as string;
}

// A dot at the beginning makes a hidden file, one at the end nothing.
function extensionOf(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const dot = name.lastIndexOf(".");
  return dot > 0 && dot < name.length - 1 ? name.slice(dot + 1) : "";
}

// What image libraries read, in the order in which Pillow, Django's, names them.
const IMAGES =
  "blp bmp dib bufr cur pcx dcx dds ps eps fit fits fli flc fpx ftc ftu gbr gif grib h5 hdf png apng jp2 j2k jpc jpf jpx j2c icns ico im iim tif tiff jfif jpe jpg jpeg mic mpg mpeg mpo msp palm pcd pdf pxr pbm pgm ppm pnm psd bw rgb rgba sgi ras tga icb vda vst webp wmf emf xbm xpm";

/** Refuses files whose names do not end as those of images do. Django: `validate_image_file_extension`. */
export const validateImageFileExtension: Validator = FileExtensionValidator({ allowedExtensions: IMAGES.split(" ") });
