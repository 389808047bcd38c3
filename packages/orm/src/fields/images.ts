// Files that are images: fields for their size beside them.

import type { File } from "@tsgo/storage";
import { imageSize } from "image-size";

import { valuesOf } from "../models/instances.ts";
import type { ModelBase } from "../models/model.ts";
import { FieldFile, type FileValue } from "./field-file.ts";
import { FileField, type FileFieldOptions } from "./files.ts";

/** The options of an image field, beside those of every file field. */
export interface ImageFieldOptions extends FileFieldOptions {
  /** The field of the model that gets the image's width in pixels when it is saved. */
  readonly widthField?: string;
  /** The field of the model that gets the image's height in pixels when it is saved. */
  readonly heightField?: string;
}

/** Pixels. */
export interface ImageDimensions {
  readonly width: number;
  readonly height: number;
}

// The size stands near the beginning; what has not told it within this many bytes is taken for no image.
const HEAD_BYTES = 512 * 1024;

/** The size of an image in pixels, read from its head without decoding it; undefined for what is none. Django: `get_image_dimensions`. */
export async function imageDimensions(file: File): Promise<ImageDimensions | undefined> {
  const head: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of file.chunks()) {
    head.push(chunk);
    bytes += chunk.byteLength;
    if (bytes >= HEAD_BYTES) break;
  }
  try {
    const { width, height } = imageSize(Buffer.concat(head));
    return { width, height };
  } catch {
    return undefined;
  }
}

/** The image of one row. Django: `ImageFieldFile`. */
export class ImageFieldFile extends FieldFile {
  /** The size in pixels; undefined where the file is no image that can be read. @throws NoFileError where there is none. */
  async dimensions(): Promise<ImageDimensions | undefined> {
    return imageDimensions(await this.open());
  }

  /** Pixels across, or undefined. */
  async width(): Promise<number | undefined> {
    return (await this.dimensions())?.width;
  }

  /** Pixels down, or undefined. */
  async height(): Promise<number | undefined> {
    return (await this.dimensions())?.height;
  }
}

/** An image that belongs to a row. */
export class ImageField<T = ImageFieldFile, Optional extends boolean = boolean> extends FileField<T, Optional> {
  static override readonly description: string = "Image";

  declare readonly options: ImageFieldOptions;

  // oxlint-disable-next-line eslint/no-useless-constructor -- the factory reads the options from it
  constructor(options: ImageFieldOptions = {}) {
    super(options);
  }

  get widthField(): string | undefined {
    return this.options.widthField;
  }

  get heightField(): string | undefined {
    return this.options.heightField;
  }

  protected override makeFile(instance: ModelBase, value: FileValue): ImageFieldFile {
    return new ImageFieldFile(instance, this as unknown as FileField, value);
  }

  override async afterChange(instance: ModelBase, file: FieldFile): Promise<void> {
    if (this.widthField === undefined && this.heightField === undefined) return;
    const size = file.name === "" ? undefined : await imageDimensions(await file.open());
    const values = valuesOf(instance);
    if (this.widthField !== undefined) values[this.widthField] = size?.width ?? null;
    if (this.heightField !== undefined) values[this.heightField] = size?.height ?? null;
  }

  // A file that is replaced by none takes its size with it.
  override async prepareToSave(instance: ModelBase): Promise<void> {
    const value = this.valueFromObject(instance);
    if (value instanceof FieldFile && value.name === "") await this.afterChange(instance, value);
    else await super.prepareToSave(instance);
  }
}
